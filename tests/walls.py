"""What a presented slide is looked at for, in the browser: sizes, clipping, scrolling."""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import Page, expect

SIZES = ((1920, 1080), (1280, 720), (3840, 2160), (1024, 768))
LEAST, VALUE = 28, 120  # pixels on a stage of 1920 × 1080

# Everything is measured in the window's pixels and told in those of the stage.
_LOOK = """() => {
  const stage = document.querySelector('.st-key-stage');
  const box = stage.getBoundingClientRect(), scale = box.width / 1920, found = [];
  const slide = stage.querySelector(`.slide[data-slide="${stage.dataset.slide}"]`);
  const slot = slide.closest('[class*=st-key-slot_]');
  const page = document.scrollingElement;
  if (page.scrollWidth > innerWidth || page.scrollHeight > innerHeight) found.push('scrolls');
  if (box.left < -1 || box.top < -1 || box.right > innerWidth + 1 || box.bottom > innerHeight + 1)
    found.push('the stage is larger than the window');
  const foot = slide.querySelector('footer').getBoundingClientRect();
  const inside = (a, b) => a.left >= b.left - 2 * scale && a.right <= b.right + 2 * scale
    && a.top >= b.top - 2 * scale && a.bottom <= b.bottom + 2 * scale;
  const words = document.createTreeWalker(slot, NodeFilter.SHOW_TEXT);
  const texts = [];
  while (words.nextNode()) {
    const node = words.currentNode, on = node.parentElement, said = node.data.trim();
    if (!said || !on.checkVisibility({ visibilityProperty: true })) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const whole = range.getBoundingClientRect();
    if (!whole.width) continue;
    const size = parseFloat(getComputedStyle(on).fontSize);
    const air = 0.2 * size * scale;  // above and below the letters of a line
    const at = new DOMRect(whole.x, whole.y + air, whole.width, whole.height - 2 * air);
    if (size < 28) found.push(`${size} px: ${said}`);
    if (!inside(at, box)) found.push(`outside the slide: ${said}`);
    if (!on.closest('footer') && at.bottom > foot.top + 4 * scale)
      found.push(`on the foot: ${said}`);
    const around = on.closest('svg, .tile, td, th, header, footer, .front');
    if (around && !inside(at, around.getBoundingClientRect()))
      found.push(`outside its box: ${said}`);
    if (on.closest('svg')) texts.push([said, at]);
  }
  for (const [at, [said, one]] of texts.entries())
    for (const [other, two] of texts.slice(at + 1)) {
      const wide = Math.min(one.right, two.right) - Math.max(one.left, two.left);
      const high = Math.min(one.bottom, two.bottom) - Math.max(one.top, two.top);
      if (wide > 6 * scale && high > 4 * scale) found.push(`one on the other: ${said}, ${other}`);
    }
  for (const one of slide.querySelectorAll('.tile, .table, header, footer, td, th, .label, .value'))
    if (one.clientWidth && one.scrollWidth > one.clientWidth + 1)
      found.push(`too wide: ${one.className} ${one.textContent}`);
  for (const one of slide.querySelectorAll('.tile, .table, footer'))
    if (one.scrollHeight > one.clientHeight + 2)
      found.push(`too high: ${one.className} ${one.textContent}`);
  for (const value of slide.querySelectorAll('.value'))
    if (parseFloat(getComputedStyle(value).fontSize) < 120)
      found.push(`small: ${value.textContent}`);
  return found;
}"""


def faults(page: Page) -> list[str]:
    """What is wrong with the slide that is shown: empty where it can be read by everybody."""
    found: list[str] = page.evaluate(_LOOK)
    return found


def shown(page: Page, at: int) -> None:
    """Until the slide is there, with its chart."""
    expect(page.locator(".st-key-stage")).to_have_attribute("data-slide", str(at))


def count(page: Page) -> int:
    number = page.locator(".slide .number").first.inner_text()
    return int(number.split("/")[1])


def words(page: Page) -> str:
    """What stands on the slide that is shown."""
    at = page.locator(".st-key-stage").get_attribute("data-slide")
    return page.locator(f'.slide[data-slide="{at}"]').inner_text()


def opened(page: Page, url: str) -> None:
    page.goto(url)
    page.wait_for_selector(".st-key-stage[data-shown]")


def address(page: Page) -> dict[str, Any]:
    """What the address says just now."""
    found = page.evaluate("Object.fromEntries(new URLSearchParams(location.search))")
    return dict(found)


def turned(page: Page, at: int) -> None:
    """Until the server knows, too."""
    expect(page).to_have_url(re.compile(rf"slide={at}(&|$)"))
