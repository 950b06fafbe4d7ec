"""The charts of one dropped table as somebody has them now: kept beside the file, gone with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from dashboard.exploring.charting.choices import repaired
from dashboard.exploring.charting.choosing import chosen
from dashboard.exploring.charting.counting import counted
from dashboard.exploring.charting.recipe import Counted, Kept, Name, Recipe
from dashboard.exploring.shelf import Dropped
from dashboard.importing.loose.model import LooseSheet
from dashboard.text import Text
from dashboard.ui.explore import dropping

ADDED = Text("自己添加的图", "added by hand")
_HELD = 64  # charts of a table whose numbers are kept
Keeping = dict[int, tuple[Name, ...]]


@dataclass(slots=True)
class Picture:
    """One chart; `number` names it as long as it is there, `turn` counts the clicks on it."""

    number: int
    recipe: Recipe
    reason: Text
    turn: int = 0


@dataclass(slots=True)
class Board:
    """The charts of one table. `filtered` is what its pick lists keep to, in every chart; `clicked`
    what was clicked in one of them, which keeps the others to it.
    """

    sheet: LooseSheet
    pictures: list[Picture] = field(default_factory=list)
    filtered: Keeping = field(default_factory=dict)
    clicked: Keeping = field(default_factory=dict)
    last: int = 0

    def put(self, recipe: Recipe, reason: Text) -> None:
        self.last += 1
        self.pictures.append(Picture(self.last, recipe, reason))

    def recipe(self, picture: Picture) -> Recipe:
        """As it is counted now. What was clicked among its own names does not narrow it: it is
        shown there among the others.
        """
        own = {picture.recipe.by, picture.recipe.split}
        clicks = {at: names for at, names in self.clicked.items() if at not in own}
        return replace(picture.recipe, kept=values(clicks | self.filtered))

    @property
    def narrowed(self) -> Keeping:
        """Each column that is kept to, and to what."""
        return dict(sorted((self.clicked | self.filtered).items()))

    def picture(self, number: int) -> Picture | None:
        return next((one for one in self.pictures if one.number == number), None)

    def change(self, number: int, name: str, choice: Any) -> None:
        """One choice of a chart's pick lists; the others follow where they must."""
        picture = self.picture(number)
        if picture:
            picture.recipe = repaired(self.sheet, replace(picture.recipe, **{name: choice}))

    def add(self) -> None:
        """One more, to be made by pick lists; it begins like the first."""
        recipe = self.pictures[0].recipe if self.pictures else Recipe("bars", 0)
        self.put(repaired(self.sheet, recipe), ADDED)

    def remove(self, number: int) -> None:
        self.pictures = [one for one in self.pictures if one.number != number]

    def click(self, marks: Mapping[int, Name]) -> None:
        """Keep the other charts to a mark; the same mark again lets it go."""
        wanted = {at: (name,) for at, name in marks.items()}
        again = all(self.clicked.get(at) == names for at, names in wanted.items())
        for at in wanted:
            self.let_go(at)
        self.clicked |= {} if again else wanted

    def keep(self, column: int, names: tuple[Name, ...]) -> None:
        """Keep every chart to these; to all of them where there are none."""
        self.let_go(column)
        self.filtered |= {column: names} if names else {}

    def let_go(self, column: int) -> None:
        self.filtered.pop(column, None)
        self.clicked.pop(column, None)

    def let_all_go(self) -> None:
        self.filtered.clear()
        self.clicked.clear()


def values(keeping: Mapping[int, tuple[Name, ...]]) -> Kept:
    """As a recipe has them."""
    return tuple((at, tuple(name.value for name in keeping[at])) for at in sorted(keeping))


# -- kept beside the file -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class At:
    """Where a table is on the shelf: what is kept by Streamlit names it so, and never holds it."""

    sha256: str
    place: int

    def file(self) -> Dropped | None:
        """Its file, if it is still there."""
        files = dropping.shelf().files()
        found = next((file for file in files if file.read.sha256 == self.sha256), None)
        return found if found and self.place < len(found.read.sheets) else None

    def board(self) -> Board | None:
        """Made by the rule at first."""
        file = self.file()
        if file is None:
            return None
        held: Board | None = file.beside.get(("board", self.place))
        return held or _first(file, self.place)

    def counted(self, recipe: Recipe) -> Counted:
        """The numbers of a recipe, counted once; the oldest are let go of. Raises RefusedRequest
        for what the columns do not allow, KeyError where the table is gone.
        """
        file = self.file()
        if file is None:
            raise KeyError(self.sha256)
        held: dict[Recipe, Counted] = file.beside.setdefault(("counted", self.place), {})
        if recipe not in held:
            if len(held) >= _HELD:
                held.pop(next(iter(held)))
            held[recipe] = counted(file.read.sheets[self.place], recipe)
        return held[recipe]

    def act(self, what: str, *told: Any) -> None:
        """Do something to its board, by the name of what is done; nothing where it is gone."""
        board = self.board()
        if board is not None:
            getattr(board, what)(*told)


def _first(file: Dropped, place: int) -> Board:
    sheet = file.read.sheets[place]
    made = Board(sheet)
    for one in chosen(sheet, file.looked[place].profile):
        made.put(one.recipe, one.reason)
    file.beside["board", place] = made
    return made
