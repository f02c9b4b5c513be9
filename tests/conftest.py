"""What tests share: a bank in memory, and makers of small values."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import hypothesis
import pytest

from studytool.cli import main
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
from studytool.store import documents
from studytool.store.bank import Bank
from studytool.store.opening import open_bank

# No test is held to a clock: on a machine that is busy an example takes seconds.
hypothesis.settings.register_profile("without a clock", deadline=None)
hypothesis.settings.load_profile("without a clock")

SEEDS = Path(__file__).parent.parent / "seeds"
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


# The best first, which is the order they are asked in.
ITEMS: dict[str, dict[str, object]] = {
    "cloze": {
        "stem": "新征程上的功能定位是“____”。",
        "key": ("一基地三区",),
        "accepted": (("一基地三区", "1基地3区"),),
        "evidence": "[red]立足“一基地三区”功能定位。",
    },
    "single": {
        "kind": ItemKind.SINGLE_CHOICE,
        "stem": "会议在____召开。",
        "key": ("天津",),
        "options": ("北京", "天津", "上海", "重庆"),
        "distractors": ("北京", "上海", "重庆"),
    },
    "several": {
        "kind": ItemKind.MULTIPLE_RESPONSE,
        "stem": "新发展理念包括哪些？",
        "key": ("创新", "协调"),
        "options": ("创新", "守旧", "协调"),
        "distractors": ("守旧",),
    },
    "statement": {
        "kind": ItemKind.TRUE_FALSE,
        "stem": "企业共有二百家。",
        "key": ("错误",),
        "original": "三百家",
        "changed": "二百家",
        "evidence": "企业共有三百家。",
    },
    "points": {"kind": ItemKind.SHORT_ANSWER, "stem": "两个方面是什么？", "key": ("加强领导", "依靠群众")},
    "blanks": {"stem": "办事要____、____。", "key": ("真实", "立体")},
    "pairs": {
        "kind": ItemKind.MATCHING,
        "stem": "把城市和简称对上。",
        "key": ("天津=津", "北京=京"),
        "options": ("京", "津"),
    },
    "order": {
        "kind": ItemKind.ORDERING,
        "stem": "按先后排列。",
        "key": ("一大", "二大", "三大"),
        "options": ("二大", "三大", "一大"),
    },
}


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


@pytest.fixture
def make_bank(
    tmp_path: Path, make_item: Callable[..., Item], make_harvest: Callable[..., Harvest]
) -> Callable[..., Path]:
    """Makes a bank file of the items of these names."""

    def make(*names: str) -> Path:
        items = [
            make_item(number, id=name, **{"accepted": (), **ITEMS[name]})
            for number, name in enumerate(names, 1)
        ]
        path = tmp_path / "题库.db"
        with open_bank(path) as opened:
            documents.keep(opened, make_harvest(*items), "1", datetime(2026, 3, 2, tzinfo=UTC))
        return path

    return make


class Ran(NamedTuple):
    """How a command ended, and what it printed."""

    returncode: int
    stdout: str
    stderr: str


@pytest.fixture
def run_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Ran]:
    """Runs a command line with pipes in this process: the same as in one of its own, but at once."""

    def run(bank: Path, *words: str) -> Ran:
        streams = [io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in range(3)]
        with monkeypatch.context() as patch:
            for name, stream in zip(("stdin", "stdout", "stderr"), streams, strict=True):
                patch.setattr(sys, name, stream)
            patch.setattr(sys, "argv", ["studytool", *words])
            patch.setenv("STUDYTOOL_DB", str(bank))
            patch.setenv("STUDYTOOL_SETTINGS", str(tmp_path / "settings.toml"))
            with pytest.raises(SystemExit) as ended:
                main()
        for stream in streams:
            stream.flush()
        _, out, err = (stream.buffer.getvalue().decode() for stream in streams)  # type: ignore[attr-defined]
        return Ran(int(ended.value.code or 0), out, err)

    return run


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Callable[..., object]]:
    """Starts studytool in a terminal of `columns`; nothing started is left running."""
    import pexpect  # noqa: PLC0415 - it does not exist on Windows

    started: list[pexpect.spawn] = []

    def start(
        bank: Path,
        *words: str,
        command: str = "quiz",
        columns: int = 80,
        rows: int = 40,
        encoding: str = "utf-8",
        told: str = "",  # the encoding that the locale tells of, where the terminal has another
    ) -> pexpect.spawn:
        environment = {
            **os.environ,
            "STUDYTOOL_DB": str(bank),
            "STUDYTOOL_SETTINGS": str(tmp_path / "settings.toml"),
            "TERM": "xterm-256color",
            "PROMPT_TOOLKIT_NO_CPR": "1",
            "LC_ALL": "C.UTF-8",
            "PYTHONIOENCODING": told or encoding,
            "COLUMNS": str(columns),
            "LINES": str(rows),
        }
        arguments = ["-m", "studytool", *command.split(), *words]
        child = pexpect.spawn(
            sys.executable,
            arguments,
            env=environment,
            encoding=encoding,
            codec_errors="replace",  # a terminal echoes what was typed, whatever it is
            timeout=30,
            dimensions=(rows, columns),
        )
        child.delayafterclose = child.ptyproc.delayafterclose = 0.01  # it has ended by then: no need to wait
        started.append(child)
        return child

    yield start
    for child in started:
        child.close(force=True)


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
    return Harvest(document, (article,), 1, 1, tuple(items), {})
