"""Papers and key -> the bytes of a PDF, set by typst in the fonts that come with the package.

The surprising decision: any warning of the typesetter is a failure, because that is all it says when
a font is not found and the page would be set in another.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import typst

from studytool import data
from studytool.errors import WorkFailed
from studytool.exports.sheet import fonts
from studytool.exports.sheet.key import PROOFS, KeyPages
from studytool.exports.sheet.pages import Paper


def render(papers: Sequence[Paper], key: KeyPages | None, title: str) -> bytes:
    """Set the papers one after the other and the key behind them, each on pages of its own."""
    pages = {
        "title": title,
        "papers": papers,
        "key": vars(key) | {"proofs": PROOFS} if key else None,
    }
    return typeset("sheet.typ", pages)


def typeset(template: str, pages: Mapping[str, object]) -> bytes:
    """Set `pages` by a template of studytool/data; what is no plain value is written as its fields."""
    inputs = {"pages": json.dumps(pages, ensure_ascii=False, default=vars)}
    try:
        pdf, warnings = _compiler(template).compile_with_warnings(format="pdf", sys_inputs=inputs)
    except typst.TypstError as error:
        raise WorkFailed(f"排版失败：{error.message}；请把这一行报告给我们") from error
    except BaseException as error:
        if "thread pool" in str(error):  # the typesetter panics where it can start no thread
            raise MemoryError from error
        raise
    if warnings:
        raise WorkFailed(f"排版失败：{warnings[0].message}；请重新安装 studytool")
    if not isinstance(pdf, bytes):
        raise TypeError("typst gave no single PDF file")
    return pdf


@cache
def _compiler(template: str) -> typst.Compiler:
    """The typesetter with a template and only our fonts; loading them takes most of a small print."""
    place = Path(data.__file__).parent / template
    ours = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(fonts.folder())]
    )
    return typst.Compiler(str(place), root=str(place.parent), font_paths=ours)
