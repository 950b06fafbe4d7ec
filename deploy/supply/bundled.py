"""What comes inside the packages and is on no list of theirs: scripts, fonts, C and Rust parts.

Versions are read from the installed files where these say them; the rest is by the notices the
packages ship. `BILLS`: packages that ship a bill of their own, which stands for their parts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib.metadata import distribution

BILLS = ("cryptography", "pillow", "python-calamine", "rpds-py", "typst")
_PLOTLY_JS = re.compile(r"plotly\.js v([\d.]+\d)")


@dataclass(frozen=True, slots=True)
class Part:
    """`inside` is the package, `licence` an SPDX expression, `note` where it is or why."""

    inside: str
    name: str
    licence: str
    note: str
    version: str = ""


def parts() -> list[Part]:
    """All of them, by package."""
    return [Part("plotly", "Plotly.js", "MIT", "plotly/package_data", _plotly_js()), *_WRITTEN]


def _plotly_js() -> str:
    script = distribution("plotly").locate_file("plotly/package_data/plotly.min.js")
    with open(str(script), encoding="utf-8") as text:  # noqa: PTH123 - not always a path
        found = _PLOTLY_JS.search(text.read(400))
    return found[1] if found else ""


_WEB = "drawn in the browser, from our own server"
_FONT = "a typeface sent by our own server"
_UNUSED = "sent by our own server, used by no page"
_WRITTEN = (
    Part("duckdb", "DuckDB", "MIT", "the database itself, with its third-party C++ parts"),
    Part("lxml", "libxml2, libxslt, zlib", "MIT AND Zlib", "linked in"),
    Part("numpy", "OpenBLAS, LAPACK", "BSD-3-Clause", "numpy.libs"),
    Part("numpy", "GCC runtime", "GPL-3.0-or-later WITH GCC-exception-3.1", "libgfortran"),
    Part("numpy", "libquadmath", "LGPL-2.1-or-later", "a library of its own file, not changed"),
    Part("opencc", "OpenCC and its dictionaries", "Apache-2.0", "linked in"),
    Part("pillow", "FreeType, HarfBuzz, libjpeg-turbo, libtiff, OpenJPEG, libwebp, Little CMS",
         "FTL AND MIT AND IJG AND BSD-3-Clause AND libtiff AND BSD-2-Clause", "pillow.libs"),
    Part("pyarrow", "Apache Arrow C++ and its parts", "Apache-2.0", "listed in its NOTICE"),
    Part("streamlit", "React", "MIT", _WEB),
    Part("streamlit", "Plotly.js", "MIT", _WEB),
    Part("streamlit", "Apache Arrow JS", "Apache-2.0", _WEB),
    Part("streamlit", "Vega, Vega-Lite", "BSD-3-Clause", _WEB),
    Part("streamlit", "ECharts", "Apache-2.0", _WEB),
    Part("streamlit", "deck.gl, MapLibre GL", "MIT AND BSD-3-Clause", _UNUSED),
    Part("streamlit", "Mermaid, Graphviz (wasm)", "MIT AND EPL-1.0", _UNUSED),
    Part("streamlit", "Glide Data Grid", "MIT", _WEB),
    Part("streamlit", "KaTeX and its fonts", "MIT AND OFL-1.1", _WEB),
    Part("streamlit", "Source Sans, Source Serif, Source Code", "OFL-1.1", _FONT),
    Part("streamlit", "Material Symbols Rounded", "Apache-2.0", _FONT),
    Part("typst", "Libertinus Serif, New Computer Modern, DejaVu Sans Mono",
         "OFL-1.1 AND LPPL-1.3c AND Bitstream-Vera", "fonts, set into PDF files where used"),
)  # fmt: skip
