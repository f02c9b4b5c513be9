"""A page of a PDF without text -> is it a scan, whose text is missing?

A blank page, a figure and a picture are no scans: nothing that can be read is lost with them. A scan is
one image that covers the page, and it is mostly paper with something on it.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable

import pypdfium2
import pypdfium2.raw as pdfium

COVERED = 0.6  # of the page by its images: a figure is smaller
WIDTH, HEIGHT = 200, 600  # pixels that are enough to tell paper from print
MOST_PIXELS = 80_000_000  # of an image that is looked at
SHADE = 24  # levels of grey: so much paper varies, and a scanner's light
PAPER = 0.5  # of a scan at least is paper; of a photo no shade is as common
INK = 0.004  # of a page that is not blank


def is_lost(page: pypdfium2.PdfPage, cut: bool) -> bool:
    """Is the page covered by an image of printed or written paper? Where the text before it is `cut`
    within a sentence, any picture may be one."""
    images = list(page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE]))
    if _covered(page, images) < COVERED:
        return False
    if any(math.prod(image.get_px_size()) > MOST_PIXELS for image in images):
        return True  # it is not worth its memory to look
    shades = _shades(page)
    level, paper = _paper(shades)
    dark = sum(count for shade, count in shades.items() if abs(shade - level) > 2 * SHADE)
    return dark >= INK * shades.total() and (cut or paper >= PAPER)


def _covered(page: pypdfium2.PdfPage, images: Iterable[pypdfium2.PdfObject]) -> float:
    """The share of the page that is under images (counted twice where they overlap)."""
    left, bottom, right, top = page.get_bbox()
    area: float = 0.0
    for image in images:
        x, y, beyond, above = image.get_bounds()
        area += max(0.0, min(beyond, right) - max(x, left)) * max(0.0, min(above, top) - max(y, bottom))
    return area / max(1.0, float((right - left) * (top - bottom)))


def _shades(page: pypdfium2.PdfPage) -> Counter[int]:
    """How many pixels of the page, made small, have each level of grey."""
    scale = min(WIDTH / max(1.0, page.get_width()), HEIGHT / max(1.0, page.get_height()))
    bitmap = page.render(scale=scale, grayscale=True)
    rows = bytes(bitmap.buffer)
    shades: Counter[int] = Counter()
    for row in range(bitmap.height):
        shades.update(rows[row * bitmap.stride : row * bitmap.stride + bitmap.width])
    return shades


def _paper(shades: Counter[int]) -> tuple[int, float]:
    """The level of grey most of the page has, more or less, and how much of it."""
    near = {
        level: sum(shades[shade] for shade in range(level - SHADE, level + SHADE + 1)) for level in range(256)
    }
    level = max(near, key=lambda one: (near[one], one))
    return level, near[level] / max(1, shades.total())
