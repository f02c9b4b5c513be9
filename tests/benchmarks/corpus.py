"""Seeds -> a corpus of any size and number of files in which no two files say the same.

Each file is a headline and paragraphs of the seeds, drawn and their sentences shuffled by a fixed seed: the
same call gives the same bytes. What it says is nonsense; how it is written is not.
"""

from __future__ import annotations

import random
from functools import cache
from pathlib import Path

from studytool import articles, sources

SEEDS = Path(__file__).parents[2] / "seeds"


@cache
def _paragraphs() -> tuple[tuple[str, ...], ...]:
    """The sentences of every paragraph of the seeds."""
    found = sources.discover([str(SEEDS)]).sources
    pieces = [piece for source in found for piece in articles.reconstruct(sources.read(source))]
    texts = [paragraph.passage.text for piece in pieces for paragraph in piece.paragraphs]
    return tuple(tuple(f"{part}。" for part in text.split("。") if len(part) > 5) for text in texts if text)


def write(folder: Path, files: int, size: int) -> None:
    """Make `files` files of about `size` bytes each in a new folder."""
    folder.mkdir(parents=True)
    for number in range(files):
        (folder / f"{number:06}.txt").write_text(text(number, size), encoding="utf-8")


def text(number: int, size: int) -> str:
    """What the file of this number says."""
    drawn = random.Random(number)
    lines, length = [f"第{number}期学习文选", ""], 30
    while length < size:
        sentences = list(drawn.choice(_paragraphs()))
        drawn.shuffle(sentences)
        line = "　　" + "".join(sentences)
        lines.append(line)
        length += len(line) * 3
    return "\n".join(lines) + "\n"
