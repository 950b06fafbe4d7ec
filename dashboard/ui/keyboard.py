"""What the keyboard cannot do by itself: enter what a button has opened.

Streamlit puts an open popover at the end of the page; without this, the way from its button to
what it opened leads through everything on the page. Escape leads back by itself.
"""

from __future__ import annotations

import streamlit as st

# A fixed text of ours; nothing of a school's data is ever put into it.
_INTO_POPOVERS = """<script>
if (!window.keysEnterPopovers) {
  window.keysEnterPopovers = true;
  const inside = "[data-testid=stPopoverBody] :is(button, input, select, textarea)";
  document.addEventListener("keydown", (event) => {
    const opens = event.target.closest?.("[data-testid=stPopoverButton][aria-expanded=false]");
    if (opens && ["Enter", " "].includes(event.key)) {
      setTimeout(() => document.querySelector(inside)?.focus(), 150);
    }
  });
}
</script>"""


def enter_popovers() -> None:
    """Once a page, where an empty element takes no room that is seen."""
    with st.sidebar:
        st.html(_INTO_POPOVERS, unsafe_allow_javascript=True)
