"""Items -> printed quiz sheets: plan a paper, make its versions, write them with their key.

    sheet = plan(items, Wishes(title="…", count=40, versions=2, seed=7))
    for name, content in files(sheet, "OUT.pdf").items(): …

Importing this loads no typesetter; `files` loads the one its format needs.
"""

from __future__ import annotations

from studytool.exports.sheet.files import SUFFIXES, files
from studytool.exports.sheet.paper import Question, Section, Sheet, Shortage, Version, Wishes
from studytool.exports.sheet.plan import plan
from studytool.exports.sheet.versions import versions

__all__ = [
    "SUFFIXES",
    "Question",
    "Section",
    "Sheet",
    "Shortage",
    "Version",
    "Wishes",
    "files",
    "plan",
    "versions",
]
