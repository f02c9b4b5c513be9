"""Photos and scanned pages -> Extract, through the optional extra `ocr`.

The recogniser's models come inside its wheel, so nothing is fetched. What it finds goes through the
same layout as the text of a PDF: columns, running heads and paragraphs are rebuilt alike.
"""

from __future__ import annotations

import io
import os
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import cache
from importlib import import_module
from statistics import median
from typing import Any

from studytool.errors import UnreadableSource
from studytool.sources.assembly import Extract, assembled
from studytool.sources.formats import Content
from studytool.sources.furniture import without_furniture
from studytool.sources.layout import lines_of
from studytool.sources.prose import parts_of
from studytool.sources.segments import Page, Segment

MISSING = '这是扫描件或照片，没有文字层；请先安装识别组件：pip install "studytool[ocr]"'
DAMAGED = "图片已损坏，打不开；请重新拍照或另存为 .png 再试"

RESOLUTION = 200  # dots per inch: small type suffers at 150, and 300 takes longer for nothing
LONGEST_SIDE = 3_600  # pixels; scanners that write no resolution make pages as large as posters
MOST_PAGES = 500  # some seconds each
MOST_PIXELS = 80_000_000  # a phone has 50 million
CERTAIN = 0.5  # below this confidence the recogniser is guessing at a stain
WAVERING = 1.35
LINE_HEIGHT = 1.4  # its box around a line is so many times as high as the type
BASELINE = 0.8  # and its type stands so far down in it

# A raised note mark (“生产总值[2]1329.65亿元”), which recognition sets among the figures.
_NOTE_MARK = re.compile(r"(?<=[\u4e00-\u9fff])[\[［]\d{1,2}[\]］]")

Recognise = Callable[[Any], tuple[Segment, ...]]


def read(content: Content) -> Extract:
    """The text of a picture."""
    recognise = _recogniser()
    image = _image(content.data)
    pages = _evened([Page(0, image.height, recognise(image))])
    return assembled(parts_of(lines_of(without_furniture(pages))))


def recognised_pdf(document: Any) -> list[Page]:
    """The pages of a PDF that is nothing but pictures."""
    recognise = _recogniser()
    if len(document) > MOST_PAGES:
        raise UnreadableSource(f"扫描件超过 {MOST_PAGES} 页；请拆成几个文件再试")
    return _evened([_page(document[number], number, recognise) for number in range(len(document))])


def recognised_pages(document: Any, numbers: Sequence[int], size: float) -> dict[int, Page] | None:
    """Those pages of a PDF that are pictures among pages of text of this size; None: without the extra."""
    try:
        recognise = _recogniser()
    except UnreadableSource:
        return None
    if len(numbers) > MOST_PAGES:
        raise UnreadableSource(f"扫描件超过 {MOST_PAGES} 页；请拆成几个文件再试")
    pages = [_in_points(document[number], number, recognise) for number in numbers]
    return {page.number: page for page in _evened(pages, size)}  # most of it is in the type of the rest


def _in_points(page: Any, number: int, recognise: Recognise) -> Page:
    """A page with its places in the measure of the text around it, not in pixels."""
    found, height = _page(page, number, recognise), page.get_size()[1]
    scale = height / max(1.0, found.height)
    segments = (
        one._replace(
            left=one.left * scale, right=one.right * scale, top=one.top * scale, size=one.size * scale
        )
        for one in found.segments
    )
    return Page(number, height, tuple(segments))


def _page(page: Any, number: int, recognise: Recognise) -> Page:
    width, height = page.get_size()
    scale = min(RESOLUTION / 72, LONGEST_SIDE / max(width, height, 1))
    image = page.render(scale=scale).to_pil().convert("RGB")
    return Page(number, image.height, recognise(image))


def _image(data: bytes) -> Any:
    """The picture, the way up its camera says."""
    pillow, operations = import_module("PIL.Image"), import_module("PIL.ImageOps")
    try:
        image = pillow.open(io.BytesIO(data))
        if image.width * image.height > MOST_PIXELS:
            raise UnreadableSource("图片太大；请缩小到八千万像素以内再试")
        return operations.exif_transpose(image).convert("RGB")
    except (OSError, ValueError, SyntaxError, pillow.DecompressionBombError):
        raise UnreadableSource(DAMAGED) from None


@cache
def _recogniser() -> Recognise:
    # onnxruntime from 1.29 on sends telemetry unless this is set before it is imported.
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    try:
        rapidocr, numpy = import_module("rapidocr"), import_module("numpy")
        import_module("onnxruntime")
    except ImportError:
        raise UnreadableSource(MISSING) from None
    engine = rapidocr.RapidOCR(params={"Global.log_level": "critical"})

    def recognise(image: Any) -> tuple[Segment, ...]:
        # The recogniser takes colours in the order blue, green, red.
        found = engine(numpy.asarray(image)[:, :, ::-1])
        if found.boxes is None:
            return ()
        return _segments(found.boxes.tolist(), found.txts, found.scores)

    return recognise


def _segments(
    boxes: Iterable[list[list[float]]], texts: Iterable[str], scores: Iterable[float]
) -> tuple[Segment, ...]:
    segments = []
    for box, text, score in zip(boxes, texts, scores, strict=True):
        across, down = [x for x, _ in box], [y for _, y in box]
        top, height = min(down), max(down) - min(down)
        words = _NOTE_MARK.sub("", text.strip())
        if score >= CERTAIN and words and height:
            base = top + BASELINE * height
            segments.append(Segment(words, min(across), max(across), base, height / LINE_HEIGHT))
    return tuple(segments)


def _evened(pages: list[Page], known: float = 0.0) -> list[Page]:
    """The height of a box wavers with its characters: what is nearly the usual size has the usual size, or
    that which is `known` from elsewhere."""
    sizes = [segment.size for page in pages for segment in page.segments for _ in segment.text]
    usual = median(sizes) if sizes else 1.0
    scale = known / usual if known else 1.0

    def even(segment: Segment) -> Segment:
        near = usual / WAVERING < segment.size < usual * WAVERING
        return segment._replace(size=scale * (usual if near else segment.size))

    return [replace(page, segments=tuple(map(even, page.segments))) for page in pages]
