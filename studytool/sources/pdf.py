"""PDF files -> Extract: the text layer in reading order; a file of pictures goes to recognition.

The characters' places are taken from pdfium one by one, because neither the order of a PDF's
drawing commands nor its spaces and line breaks say how a person reads the page.
"""

from __future__ import annotations

import ctypes
import math
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from statistics import median
from typing import NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from studytool.errors import UnreadableSource
from studytool.sources.assembly import Extract, assembled
from studytool.sources.confined import limited
from studytool.sources.footnotes import settled
from studytool.sources.formats import Content
from studytool.sources.furniture import MARGIN, without_furniture
from studytool.sources.glyphs import Glyph, segments_of, steps
from studytool.sources.layout import lines_of
from studytool.sources.prose import parts_of
from studytool.sources.raised import CLOSES, OPENS
from studytool.sources.segments import Page, rows_of

MOST_PAGES = 5_000
MOST_CHARACTERS = 10_000_000
START_SECONDS, PAGE_SECONDS = 6, 2  # a full page of a newspaper takes a fifth of a second
GARBLED = 0.2  # with this share of characters without meaning the text layer is useless
A_WORD = 20  # characters at the edge of a scan: “由扫描全能王扫描创建”
A_FEW = 50  # characters below each other: fewer are a title set on end
ASLANT = 0.2  # sine of twice the angle: text that stands neither upright nor on its side
BOLD = 600

VERTICAL = "PDF 里的文字是竖排的，读不出先后；请另存为横排的 .docx 或 .txt"

_BLACK_FACE = re.compile(r"bold|black|heavy|hei(?!ti ?sc-light)|黑|小标宋|xbs", re.IGNORECASE)
# Faces whose names say 黑 but in which whole documents are set.
_BODY_FACE = re.compile(r"yahei(?!.*bold)|微软雅黑|light|等线(?!.*bold)|thin|regular", re.IGNORECASE)
_CUT = re.compile(f"[\\w，、—](?:{OPENS}[^{CLOSES}]*{CLOSES})?$")  # the end of a line within a sentence
_MEANINGLESS = re.compile(r"[\ufffd\ue000-\uf8ff\x00-\x08\x0e-\x1f]")


def read(content: Content) -> Extract:
    """The text of a PDF; raises for what is encrypted, damaged or too large."""
    with limited(START_SECONDS):
        document = _opened(content.data)
    unread: tuple[int, ...] = ()
    try:
        with limited(START_SECONDS + PAGE_SECONDS * len(document)):
            pages = _pages(document)
        if _is_useless(pages):
            pages = without_furniture(_recognised(document))
        else:
            pages, unread = _completed(document, pages)
    finally:
        document.close()
    return assembled(parts_of(list(settled(lines_of(pages))), unread))


def _opened(data: bytes) -> pypdfium2.PdfDocument:
    try:
        document = pypdfium2.PdfDocument(data)
        count = len(document)
    except pypdfium2.PdfiumError as problem:
        if problem.err_code == pdfium.FPDF_ERR_PASSWORD:
            raise UnreadableSource("这个 PDF 设了密码；请去掉密码后再试") from None
        raise UnreadableSource("PDF 已损坏或不完整，打不开；请重新下载或另存为 PDF 再试") from None
    if not count:
        raise UnreadableSource("PDF 里没有页面；请重新下载或另存为 PDF 再试")
    if count > MOST_PAGES:
        raise UnreadableSource(f"PDF 超过 {MOST_PAGES} 页；请拆成几个文件再试")
    return document


def _pages(document: pypdfium2.PdfDocument) -> list[Page]:
    pages: list[Page] = []
    left = MOST_CHARACTERS
    down = across = 0
    for number in range(len(document)):
        try:
            page = document[number]
            text = page.get_textpage()
        except pypdfium2.PdfiumError:
            raise UnreadableSource(f"PDF 第 {number + 1} 页已损坏；请重新下载或另存为 PDF 再试") from None
        left -= text.count_chars()
        if left < 0:
            raise UnreadableSource("PDF 里的文字太多；请拆成几个文件再试")
        glyphs = tuple(_glyphs(page, text))
        down, across = (sum(pair) for pair in zip((down, across), steps(glyphs), strict=True))
        pages.append(Page(number, page.get_height(), segments_of(glyphs)))
        text.close()
        page.close()
    if down > max(across, A_FEW):
        raise UnreadableSource(VERTICAL)
    return pages


def _is_useless(pages: Sequence[Page]) -> bool:
    """Is there no text layer, or one whose fonts do not say which characters they draw?"""
    text = "".join(segment.text for page in pages for segment in page.segments)
    return len(_MEANINGLESS.findall(text)) >= GARBLED * len(text)


def _recognised(document: pypdfium2.PdfDocument) -> list[Page]:
    from studytool.sources.scan import recognised_pdf  # noqa: PLC0415 - an optional, large library

    return recognised_pdf(document)


# ---- scanned pages among others -----------------------------------------------------------------


def _completed(document: pypdfium2.PdfDocument, pages: list[Page]) -> tuple[list[Page], tuple[int, ...]]:
    """The text of the pages, with what is recognised on those that are scans; and the scans that nobody
    can read."""
    text = without_furniture(pages)
    scans = [page.number for page in text if _is_bare(page) and _is_lost(document, text, page.number)]
    if not scans:
        return text, ()
    text = [replace(page, segments=()) if page.number in scans else page for page in text]
    if not any(page.segments for page in text):
        return without_furniture(_recognised(document)), ()
    from studytool.sources.scan import recognised_pages  # noqa: PLC0415 - an optional, large library

    found = recognised_pages(document, scans, _usual_size(text))
    if found is None:
        return text, tuple(scans)
    return without_furniture([found.get(page.number, page) for page in pages]), ()


def _is_bare(page: Page) -> bool:
    """Is there no text on the page, but for a word of whoever scanned it in its margin?"""
    return sum(len(one.text) for one in page.segments) <= A_WORD and all(
        not MARGIN * page.height < one.top < (1 - MARGIN) * page.height for one in page.segments
    )


def _is_lost(document: pypdfium2.PdfDocument, pages: Sequence[Page], number: int) -> bool:
    """Is a page without text a scan, or a picture with which a sentence breaks off?"""
    from studytool.sources import scanned  # noqa: PLC0415 - few files have such pages

    page = document[number]
    try:
        with limited(START_SECONDS):
            return scanned.is_lost(page, _is_cut(pages, number))
    except pypdfium2.PdfiumError:
        return True  # an image that is damaged
    finally:
        page.close()


def _is_cut(pages: Sequence[Page], number: int) -> bool:
    """Does the text before a page break off within a sentence?"""
    rows = next((rows_of(page.segments) for page in reversed(pages[:number]) if page.segments), [])
    return bool(rows) and _CUT.search(rows[-1][-1].text) is not None


def _usual_size(pages: Sequence[Page]) -> float:
    return median(segment.size for page in pages for segment in page.segments for _ in segment.text)


# ---- characters -----------------------------------------------------------------------------------


def _glyphs(page: pypdfium2.PdfPage, text: pypdfium2.PdfTextPage) -> Iterator[Glyph]:
    """The characters of a page in drawing order, with their places on the page as it is shown."""
    shown = _Shown.of(page)
    box, x, y = pdfium.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    drawn, size, black = 0, 0.0, False
    for index in range(text.count_chars()):
        code = pdfium.FPDFText_GetUnicode(text, index)
        if code < 32 or (code == 32 and pdfium.FPDFText_IsGenerated(text, index) == 1):
            continue  # line breaks and spaces that pdfium guesses
        handle = pdfium.FPDFText_GetTextObject(text, index)
        address = ctypes.addressof(handle.contents) if handle else 0
        if address != drawn:
            drawn, size, black = address, _size(text, index), _is_black(handle)
        if not size:
            continue
        pdfium.FPDFText_GetLooseCharBox(text, index, box)
        pdfium.FPDFText_GetCharOrigin(text, index, x, y)
        left, right, base = shown.place(box, x.value, y.value)
        yield Glyph(_character(code), left, right, base, size, black)


def _character(code: int) -> str:
    """What a code draws; half of a character says nothing, though a damaged font may give it."""
    return "\ufffd" if 0xD800 <= code < 0xE000 or code > sys.maxunicode else chr(code)


class _Shown(NamedTuple):
    """How a page is turned when it is shown: clockwise, in degrees; and its box."""

    turn: int
    left: float
    bottom: float
    right: float
    top: float

    @classmethod
    def of(cls, page: pypdfium2.PdfPage) -> _Shown:
        return cls(page.get_rotation(), *page.get_bbox())

    def place(self, box: pdfium.FS_RECTF, x: float, y: float) -> tuple[float, float, float]:
        """Left, right and baseline (from the top) of a character."""
        if self.turn == 90:
            return box.bottom - self.bottom, box.top - self.bottom, x - self.left
        if self.turn == 180:
            return self.right - box.right, self.right - box.left, y - self.bottom
        if self.turn == 270:
            return self.top - box.top, self.top - box.bottom, self.right - x
        return box.left - self.left, box.right - self.left, self.top - y


def _size(text: pypdfium2.PdfTextPage, index: int) -> float:
    """The size of the type in points; 0 for what is set aslant, such as a watermark."""
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFText_GetMatrix(text, index, matrix)
    if abs(math.sin(2 * math.atan2(matrix.b, matrix.a))) > ASLANT:
        return 0.0
    return float(pdfium.FPDFText_GetFontSize(text, index) * math.hypot(matrix.c, matrix.d))


def _is_black(handle: object) -> bool:
    """Is a text object set in bold or in a black face?"""
    if not handle:
        return False
    if pdfium.FPDFTextObj_GetTextRenderMode(handle) == pdfium.FPDF_TEXTRENDERMODE_FILL_STROKE:
        return True  # bold made by drawing the outline too
    font = pdfium.FPDFTextObj_GetFont(handle)
    if pdfium.FPDFFont_GetWeight(font) >= BOLD:
        return True
    name = ctypes.create_string_buffer(256)
    pdfium.FPDFFont_GetBaseFontName(font, name, 256)
    return _is_black_face(name.value)


@cache
def _is_black_face(name: bytes) -> bool:
    try:
        face = name.decode("utf-8")
    except UnicodeDecodeError:
        face = name.decode("gb18030", "replace")
    return bool(_BLACK_FACE.search(face)) and not _BODY_FACE.search(face)
