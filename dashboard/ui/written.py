"""The scripts that stand in our pages. The browser runs these and no other: the door names their
hashes (docs/decisions/013). Fixed texts of ours; nothing of a school's data is ever put into one.
"""

from __future__ import annotations

# Streamlit puts an open popover at the end of the page; without this, the way from its button to
# what it opened leads through everything on the page. Escape leads back by itself. With another
# period its button and what it opened are others: they have the keys that those before them had.
INTO_POPOVERS = """<script>
if (!window.keysEnterPopovers) {
  window.keysEnterPopovers = true;
  const inside = "[data-testid=stPopoverBody] :is(button, input, select, textarea)";
  const enter = (patience) => {  // what it holds may come from the server first
    const first = document.querySelector(inside);
    if (first) first.focus();
    else if (patience) setTimeout(enter, 50, patience - 1);
  };
  document.addEventListener("keydown", (event) => {
    const opens = event.target.closest?.("[data-testid=stPopoverButton][aria-expanded=false]");
    if (opens && ["Enter", " "].includes(event.key)) setTimeout(enter, 150, 60);
  });

  let held = null;  // what has the keys, until somebody takes them elsewhere
  document.addEventListener("focusin", ({ target }) => {
    if (target !== document.activeElement) return;  // a list tells so of what it only marks
    const key = target.closest("[class*=st-key-period_]")?.className.match(/st-key-period_\\S+/);
    held = key && { target, within: `.${key[0]}` };
  });
  document.addEventListener("focusout", ({ target }) => setTimeout(() => {  // or it is gone
    const stays = target === document.activeElement || !target.isConnected;
    if (held?.target === target && !stays) held = null;
  }));
  new MutationObserver(() => {
    if (!held || held.target.isConnected) return;
    const found = (what) => [...document.querySelectorAll(`${held.within} ${what}`)]
      .find((one) => one.checkVisibility());
    (found("[aria-checked=true]") ?? found(":is(button, input)"))?.focus();
  }).observe(document.body, { childList: true, subtree: true });
}
</script>"""

# A click that starts the slides also asks for the whole screen: browsers grant it to a click only.
FULL_SCREEN = """<script>
document.addEventListener("click", (event) => {
  if (event.target.closest?.(".st-key-present_start button")) {
    document.documentElement.requestFullscreen?.().catch(() => {});
  }
}, { capture: true });
</script>"""

SCRIPTS = (INTO_POPOVERS, FULL_SCREEN)
