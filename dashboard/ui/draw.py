"""A chart on the screen, with its words for those who cannot see it."""

from __future__ import annotations

from typing import Literal

import streamlit as st

from dashboard.charts.template import DARK, LIGHT, Chart, Palette, config
from dashboard.text import Lang, Text


def palette() -> Palette:
    """The colours of the theme that is worn."""
    return DARK if st.context.theme.type == "dark" else LIGHT


def draw(
    chart: Chart,
    title: Text,
    key: str,
    lang: Lang,
    height: Literal["content", "stretch"] = "content",
) -> None:
    st.plotly_chart(
        chart.figure,
        height=height,
        theme=None,
        config=config(lang),
        alt=f"{title(lang)}: {chart.alt}",
        key=key,
    )
