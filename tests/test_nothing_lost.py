"""No sentence of a document vanishes: it stands in an article, or is furniture for a stated reason."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from itertools import islice, product
from pathlib import Path
from typing import Any

import pytest

from studytool import pipeline, sources
from studytool.articles import layout, page_furniture, reconstruct, roles
from studytool.model import Block, BlockKind, Document, Source, SourceNote, Span
from studytool.sources.formats import Content

TESTS = Path(__file__).parent
SEEDS = sorted((TESTS.parent / "seeds").glob("*.txt"))
FORMATS = (".csv", ".docx", ".html", ".json", ".md", ".pdf")
FILES = [
    *SEEDS,
    *sorted(
        path
        for path in (TESTS / "fixtures" / "sources").iterdir()
        if path.suffix in FORMATS and path.name != "locked.pdf"
    ),
    TESTS / "fixtures" / "articles" / "book.txt",
]
CASES = tomllib.loads((TESTS / "fixtures" / "articles" / "nothing_lost.toml").read_text(encoding="utf-8"))

LONG = 40  # characters of a line with a full stop in it
FEW = 6  # Chinese characters of it that a page's own marks may be
_LINE = re.compile(r"[^\r\n]+")
_HAN = re.compile(r"[\u3400-\u9fff]")


def document(text: str) -> Document:
    source = Source("/page.txt", "page.txt", "0", SourceNote())
    return Document(source, text, (Block(BlockKind.LINES, Span(0, len(text))),))


def lost(one: Document) -> list[str]:
    """The lines of several sentences of which something stands nowhere."""
    told = set(_in_articles(one)) | set(_furniture(one))
    lines = (m for m in _LINE.finditer(one.text) if _has_sentences(m.group().strip()))
    missing = ((m, [h for h in _HAN.finditer(one.text, *m.span()) if h.start() not in told]) for m in lines)
    return [match.group() for match, han in missing if len(han) >= FEW]


def _has_sentences(text: str) -> bool:
    return len(text) >= LONG and "。" in text[:-1]


def _in_articles(one: Document) -> Iterator[int]:
    """The places in the source of all that stands in an article: its doubts are about that."""
    for article in reconstruct(one):
        for passage in (p.passage for p in article.paragraphs):
            yield from map(passage.source_at, range(len(passage.text)))


def _furniture(one: Document) -> Iterator[int]:
    seen = page_furniture.told_apart(roles.look_at(layout.lines_of(one)))
    for line in (s.line for s in seen if s.look is roles.Look.FURNITURE and s.why):
        yield from map(line.passage.source_at, range(len(line.text)))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_sentence_of_a_document_stands_in_an_article(path: Path) -> None:
    (source,) = pipeline.discover([str(path)]).sources
    assert lost(sources.read(source)) == []


@pytest.mark.parametrize("case", CASES["file"], ids=lambda case: case["name"])
def test_text_is_not_taken_for_what_a_file_says_of_itself(case: dict[str, Any]) -> None:
    one = document(case["text"])
    told = "".join(p.passage.text for a in reconstruct(one) for p in a.paragraphs)
    assert [words for words in case["lacks"] if words in told] == []
    assert [line for line in lost(one) if not any(words in line for words in case["lacks"])] == []


def paragraphs() -> list[str]:
    """Those of several sentences in the seeds, without their last mark."""
    lines = (line.strip("# \t") for seed in SEEDS for line in seed.read_text(encoding="utf-8").splitlines())
    return [line.rstrip("。！？”；") for line in lines if _has_sentences(line) and "<" not in line]


@pytest.mark.parametrize("above", CASES["above"])
def test_a_paragraph_is_lost_to_nothing_around_it(above: str) -> None:
    texts = paragraphs()
    ways = product(CASES["before"], CASES["end"], CASES["below"])
    pages = (
        f"{above}\n\n{before}{texts[at % len(texts)]}{end}\n\n{below}\n\n{texts[at * 7 % len(texts)]}。\n"
        for at, (before, end, below) in islice(enumerate(ways), 0, None, 3)
    )
    assert [page for page in pages if lost(document(page))] == []


@pytest.mark.parametrize("end", ["", "。1"])
def test_a_paragraph_without_its_last_full_stop_is_told_as_a_doubt_or_whole(end: str) -> None:
    text = "".join(f"民主集中制是党的根本组织制度，第{n}条规定党员必须执行。" for n in range(1, 13)).rstrip(
        "。"
    )
    made = pipeline.harvest(
        document(f"# 关于加强党的建设的决定\n\n{text}{end}\n\n主要任务\n\n坚持党的领导是根本保证。\n")
    )
    (article,) = made.articles
    assert text in article.paragraphs[0].passage.text
    assert [doubt.kind.value for _, doubt in made.doubts] == ["open_joint"]


@pytest.mark.parametrize("line", ["-a: b", "- a", "a: b", '"a b": c', "# a", " a", "-a:\r", "og.source: 甲"])
@pytest.mark.parametrize("end", ["x", "---x", ""])
def test_rules_that_are_never_closed_are_read_at_once(line: str, end: str) -> None:
    """In two ways for each line these would take for ever: once a line of dashes was a key and a list."""
    text = "---\n" + f"{line}\n" * 60 + end
    read = sources.taken_in(Source("a.md", "a.md", "0"), Content(".md", text.encode()))
    reconstruct(read)


@pytest.mark.parametrize("key", ["publish date", "og.source", '"title"', "发布日期"])
def test_keys_between_two_rules_are_no_text(key: str) -> None:
    text = f"---\n{key}: 甲\n---\n\n坚持和完善中国特色社会主义制度。\n"
    read = sources.taken_in(Source("a.md", "a.md", "0"), Content(".md", text.encode()))
    said = "".join(p.passage.text for one in reconstruct(read) for p in one.paragraphs)
    assert "甲" not in said
