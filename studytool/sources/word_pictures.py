"""A run of a Word paragraph -> whether it shows what is no text: a picture, a chart, an embedded object.

Surprising: a text box is a drawing, too; it counts only if a picture stands beside its text.
"""

from __future__ import annotations

from typing import Any

from studytool.sources.word_styles import W

PICTURE = "\ufffc"  # stands in the text of a question list for what is no text
_DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/"
_PICTURES = (
    *(_DRAWN + name for name in ("picture}pic", "chart}chart", "diagram}relIds")),
    "{urn:schemas-microsoft-com:vml}imagedata",
    "{urn:schemas-microsoft-com:office:office}OLEObject",
)
_ELSEWHERE = (W + "txbxContent", "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback")


def shows_picture(run: Any) -> bool:
    """Does a run show what is no text, outside the text boxes in it?"""
    pictures = run.iter(*_PICTURES)
    return any(next(picture.iterancestors(*_ELSEWHERE), None) is None for picture in pictures)
