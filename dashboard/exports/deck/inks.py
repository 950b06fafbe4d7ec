"""The colours of a deck, by what they say. They are the theme's, so that a school's own template
recolours everything; only red for `not met` and green for `met` are ours everywhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from pptx.dml.color import RGBColor
from pptx.enum.dml import MSO_THEME_COLOR

from dashboard.charts.template import LIGHT

Ink = Literal["text", "quiet", "line", "card", "good", "bad"]
GOOD = "#2E7D5B"
WHITE, BLACK = "#FFFFFF", LIGHT.text
ACCENTS = (
    MSO_THEME_COLOR.ACCENT_1,
    MSO_THEME_COLOR.ACCENT_2,
    MSO_THEME_COLOR.ACCENT_3,
    MSO_THEME_COLOR.ACCENT_4,
    MSO_THEME_COLOR.ACCENT_5,
    MSO_THEME_COLOR.ACCENT_6,
)
FIXED = {"good": GOOD, "bad": LIGHT.bad, "card": WHITE}
THEMED = {
    "text": MSO_THEME_COLOR.TEXT_1,
    "quiet": MSO_THEME_COLOR.TEXT_2,
    "line": MSO_THEME_COLOR.BACKGROUND_2,
}
SHADES = {"quiet": 0.25, "line": 0.7}


@dataclass(frozen=True, slots=True)
class Inks:
    """`ours`: the deck stands on our own paper. A template's second colours may be anything, so
    there only its first text colour is written with; on a `dark` one our red and green could not
    be read, and the word must do.
    """

    ours: bool
    dark: bool = False

    def paint(self, color: Any, ink: Ink) -> None:
        """Give a colour of a font, a line or a filled shape its value."""
        if ink in FIXED and not self.dark:
            color.rgb = rgb(FIXED[ink])
        elif self.ours or ink not in SHADES:
            color.theme_color = THEMED.get(ink, MSO_THEME_COLOR.TEXT_1)
        else:
            color.theme_color = MSO_THEME_COLOR.TEXT_1
            color.brightness = self.brightness(ink)

    def brightness(self, ink: Ink) -> float:
        """How a second colour is made of a template's text colour: nearer to its paper."""
        return -SHADES[ink] if self.dark else SHADES[ink]

    def fill_bad(self, color: Any) -> None:
        """A bar that falls short."""
        if self.dark:
            color.theme_color = MSO_THEME_COLOR.ACCENT_2
        else:
            self.paint(color, "bad")

    def accent(self, color: Any, place: int) -> None:
        """The colour of the series at this place."""
        color.theme_color = ACCENTS[place % len(ACCENTS)]


def rgb(colour: str) -> RGBColor:
    made: Any = RGBColor
    found: RGBColor = made(*bytes.fromhex(colour.removeprefix("#")))
    return found
