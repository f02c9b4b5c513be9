"""What tests share: a bank in memory, and makers of small values."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from studytool.model import (
    Article,
    Block,
    BlockKind,
    Document,
    Harvest,
    Item,
    ItemKind,
    KnowledgeKind,
    Paragraph,
    Passage,
    Source,
    Span,
)
from studytool.store.bank import Bank, open_bank

SEEDS = Path(__file__).parent.parent / "seeds"
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


@pytest.fixture
def seeds() -> Path:
    """The folder of the seed documents."""
    return SEEDS


@pytest.fixture
def noon() -> datetime:
    """The instant at which tests take place."""
    return NOON


@pytest.fixture
def bank() -> Iterator[Bank]:
    with open_bank(":memory:") as opened:
        yield opened


@pytest.fixture
def make_item() -> Callable[..., Item]:
    return _item


@pytest.fixture
def make_harvest() -> Callable[..., Harvest]:
    return _harvest


def _item(number: int = 1, **changes: object) -> Item:
    evidence = f"全市建成第{number}批平台。"
    item = Item(
        id=f"item{number}",
        kind=ItemKind.CLOZE,
        asks=KnowledgeKind.FIGURE,
        stem="全市建成____平台。",
        key=(f"第{number}批",),
        accepted=((f"第{number}批",),),
        evidence=evidence,
        ranges=(Span(0, len(evidence)),),
        source="公报.txt",
        article="全市工作综述",
        article_id="a1",
        family=f"family{number}",
        score=1 - number / 1000,
    )
    return replace(item, **changes)  # type: ignore[arg-type]


def _harvest(*items: Item, path: str = "/文件/公报.txt") -> Harvest:
    text = "全市工作综述\n全市建成第1批平台。"
    source = Source(path, path.rpartition("/")[2], digest="0")
    article = Article("a1", source.name, "全市工作综述", (Paragraph(Passage.whole(text[7:], 7)),))
    document = Document(source, text, (Block(BlockKind.LINES, Span(0, len(text))),))
    return Harvest(document, (article,), 1, 1, tuple(items), ())
