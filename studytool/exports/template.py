"""A workbook of the user's, to be filled in -> opened.

The surprising decision: what it says of ranges is looked at before openpyxl opens it, which makes a cell for
each place of a merged range or of a link: seventeen thousand million of them for a whole worksheet.
"""

from __future__ import annotations

from contextlib import suppress
from io import BytesIO
from xml.parsers import expat
from zipfile import ZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.utils.cell import range_boundaries

from studytool.broken import BROKEN_PACKAGE, unheard
from studytool.errors import StudyError
from studytool.limits import MEGABYTE

LARGEST = 64 * MEGABYTE  # bytes of all of it, unpacked
MOST_PLACES, MOST_ROWS = 1_000_000, 100_000
_SPREAD = ("mergeCell", "hyperlink")  # what has a range that openpyxl fills with cells
_CELL = "c"
_AGAIN = "从考试宝重新下载模板。"


def opened(template: bytes) -> Workbook:
    """The workbook. Raises StudyError where it is none, or is too large for a template."""
    try:
        if _is_oversized(template):
            raise StudyError(f"给出的模板大得不正常，请{_AGAIN}")
        with unheard():
            workbook = load_workbook(BytesIO(template))
    except BROKEN_PACKAGE:
        raise StudyError(f"给出的模板不是 Excel 工作簿（.xlsx），请{_AGAIN}") from None
    if any(sheet.max_row > MOST_ROWS for sheet in workbook.worksheets):
        raise StudyError(f"给出的模板在第 {MOST_ROWS} 行以后还有内容，请删去多余的行，或{_AGAIN}")
    return workbook


def _is_oversized(template: bytes) -> bool:
    """Every part counts, whatever its name: which ones are worksheets, the workbook says itself."""
    with ZipFile(BytesIO(template)) as archive:
        if sum(info.file_size for info in archive.infolist()) > LARGEST:
            return True
        left = MOST_PLACES
        for name in archive.namelist():
            left -= _places(archive.read(name), left)
    return left < 0


def _places(part: bytes, most: int) -> int:
    """How many cells a part of the workbook would become, or more than `most`; none, if it is no XML."""
    count = 0
    parser = expat.ParserCreate()

    def begin(name: str, said: dict[str, str]) -> None:
        nonlocal count
        kind = name.rpartition(":")[2]
        if kind in _SPREAD:
            left, top, right, bottom = range_boundaries(said.get("ref", ""))
            count += (right - left + 1) * (bottom - top + 1)
        count += kind == _CELL
        if count > most:
            raise OverflowError

    parser.StartElementHandler = begin
    with suppress(expat.ExpatError, OverflowError):  # what is broken, openpyxl says
        parser.Parse(part, True)
    return count
