"""The few things the theme cannot say, in one place: one icon, one small style sheet."""

from __future__ import annotations

import streamlit as st

from dashboard.text import Lang
from dashboard.ui.written import INTO_POPOVERS

# Streamlit's own word on the uploader is English only.
_CHINESE_UPLOADER = """
[data-testid=stFileUploaderDropzone] button p { font-size: 0; }
[data-testid=stFileUploaderDropzone] button p::after { content: "选择文件"; font-size: 1rem; }
"""

_STYLE = """
/* this sheet takes no room */
[data-testid=stElementContainer]:has(> .stHtml > style) { display: none; }
/* phrases stay whole: Chinese may break at blanks only, and `together` leaves one per phrase */
[class*=st-key-tile_] > div > [data-testid=stMarkdown] p { word-break: keep-all; }
[class*=st-key-tile_] .stMarkdownBadge { margin-bottom: 0.25rem; }
/* a tile's figure stands at its top, the rest at its foot */
[class*=st-key-tile_] > :has(> [data-testid=stMetric]) { margin-bottom: auto; }
[class*=st-key-tile_] [data-testid=stMetricValue] { font-variant-numeric: tabular-nums; }
[class*=st-key-tile_] [data-testid=stMetricDelta] { white-space: nowrap; }
/* the switch between chart and table is no taller than the heading beside it */
[class*=st-key-switch_] button { min-height: 1.5rem; padding: 0 0.25rem; }
/* and stands in the corner of its card, beside a heading that leaves room for it */
[data-testid=stVerticalBlock]:has(> [class*=st-key-switch_]) { position: relative; }
[data-testid=stVerticalBlock] > [class*=st-key-switch_] {
  position: absolute; top: 0.9rem; right: 0.75rem;
}
[data-testid=stVerticalBlock]:has(> [class*=st-key-switch_]) > :first-child { padding-right: 2rem; }
/* of two cards in a row the first is the wider one; on a phone one stands under the other */
[class*=st-key-pair_] > * { flex: 2 1 0 !important; min-width: min(18rem, 100%) !important; }
[class*=st-key-pair_] > :first-child { flex-grow: 3 !important; }
/* flows need room for their names: on a phone they scroll inside themselves */
[class*=st-key-wide_] { overflow-x: auto; }
[class*=st-key-wide_] [data-testid=stElementContainer]:has(.stPlotlyChart) { min-width: 46rem; }
/* little space above the title */
.st-key-head h1 { padding-top: 0.25rem; }
/* the steps beside the period, and the small buttons of a card, show an icon; their name is for
   those who hear the page */
[class*=st-key-period_step_] button { padding-inline: 0; }
[class*=st-key-period_step_] button p { position: absolute; clip-path: inset(50%); }
[class*=st-key-switch_] button [data-testid=stMarkdownContainer] {
  position: absolute; clip-path: inset(50%);
}
/* what opens is seen once it is filled, and in its place at once */
[data-testid=stPopoverBody]:not(:has(button, input, textarea)) { visibility: hidden; }
/* a line that calls for attention is a button from edge to edge */
[class*=st-key-open_alert_] button > div > span {
  width: 100%; justify-content: space-between; text-align: start;
}
[class*=st-key-open_alert_] button [data-testid=stMarkdownContainer] { font-size: 1rem; }
/* the demo's mark is a strip, not a card */
.st-key-demo_mark {
  padding: 0.5rem 0.75rem; border-radius: 0.5rem;
  border: 1px solid color-mix(in srgb, currentColor 15%, transparent);
}
/* said above it already, in the reader's language */
[data-testid=stFileUploaderDropzoneInstructions] { display: none; }
/* SQL stands as it is written; the button says how it is sent off */
.st-key-sql_text textarea { font-family: "Source Code Pro", monospace; font-size: 0.875rem; }
.st-key-sql_text [data-testid=InputInstructions] { display: none; }
/* words in a chart follow the theme at once; its marks do at the next run */
.stPlotlyChart .main-svg :is(.xtick, .ytick, .y2tick) text { fill: currentColor !important; }
.stPlotlyChart .main-svg :is(.xtick, .ytick) text { fill-opacity: 0.8 !important; }
"""


def wear(lang: Lang) -> None:
    """The sheet, and the script that lets keys enter what has opened, in one element."""
    sheet = _STYLE + (_CHINESE_UPLOADER if lang == "zh" else "")
    st.html(f"<style>{sheet}</style>{INTO_POPOVERS}", unsafe_allow_javascript=True)
