"""Question banks, decks, answers handed in and wishes: bytes -> nothing, or an exception where the product
broke its word."""

from __future__ import annotations

import functools
import io
import shutil
import sqlite3
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

import fuzz_seeds as seeds
from fuzz_oracle import Check, one_line, refusing, scratch, text_of
from rich.console import Console

from studytool import exports, imports, recipes, settings
from studytool.cli import item_text
from studytool.cli.screen import Screen
from studytool.grading import grade, read_manifest
from studytool.grading.group import group_of
from studytool.grading.learning import read_report
from studytool.grading.papers import printed_for
from studytool.imports import anki, responses
from studytool.imports.answers import Unclear
from studytool.imports.entry import check_sound
from studytool.model import Item, ItemFilter, ItemKind
from studytool.store import anki_collection, banks, doctor
from studytool.store import items as stored
from studytool.store.bank import Bank
from studytool.store.opening import open_bank
from studytool.views import graded, group
from studytool.views import items as views

# ---- banks of questions ---------------------------------------------------------------------------


def importing(name: str) -> Check:
    """A bank is understood or refused; what is understood can be asked, kept, shown, and comes back."""

    def check(data: bytes) -> None:
        structured = imports.has_structure(name)
        understood = imports.read(name, data) if structured else imports.read_text(name, text_of(data))
        for problem in understood.problems:
            one_line(str(problem))
        for item in understood.items:
            check_sound(item)
        if not understood.items:
            return
        _kept(understood.items)
        again = imports.read("题.jsonl", exports.export("jsonl", exports.Deck("题", understood.items)).data)
        same = [
            [(one.id, one.stem, one.key, one.options) for one in some.items] for some in (again, understood)
        ]
        assert same[0] == same[1], "jsonl does not bring the same items back"
        assert not again.problems, again.problems

    return refusing(check)


class _Undone(Exception):
    """Ends a transaction without a trace."""


@functools.cache
def _bank() -> Bank:
    """A bank that stays empty: every input is stored in it and taken back."""
    return ExitStack().enter_context(open_bank(":memory:"))


def _kept(items: tuple[Item, ...]) -> None:
    """The items can be stored, and shown without a character that a terminal would obey."""

    bank = _bank()
    try:
        with bank.writing():
            at = datetime(2026, 3, 2, tzinfo=UTC)
            banks.put(bank, "/题", "题", banks.entries(items, at), at)
            raise _Undone
    except _Undone:
        pass
    shown = io.StringIO()
    Screen(file=shown, highlight=False, markup=False, width=80).print(views.listing(items[:20]))
    assert "\x1b" not in shown.getvalue(), "an escape sequence is printed"


def anki_file(data: bytes) -> None:

    place = _anki_place()
    place.write_bytes(data)
    anki_collection.read(place)


@functools.cache
def _anki_place() -> Path:
    return scratch("卡.apkg")


def template(data: bytes) -> None:
    """A workbook of somebody's is filled in, or refused."""
    exports.export("kaoshibao", exports.Deck("题", seeds.items()[:3], template=data))


def bank_file(data: bytes) -> None:
    """A damaged bank is opened, examined and mended, or refused; nothing is half done."""
    place = _bank_place()
    for beside in place.parent.glob(f"{place.name}*"):
        beside.unlink() if beside.is_file() else shutil.rmtree(beside)
    place.write_bytes(data)
    with open_bank(place) as bank:
        try:
            stored.select(bank, ItemFilter())
        except sqlite3.OperationalError:  # a command that stumbles over this asks the doctor, and names him
            assert doctor.examine(bank, repair=False), "an error of ours, for the bank is sound"
        doctor.examine(bank, repair=True)


@functools.cache
def _bank_place() -> Path:
    return scratch("题库.db")


def anki_fields(data: bytes) -> None:
    """A note edited in any way gives an item, or says what is unclear."""

    parts = [*text_of(data).split("\x1f"), "", "", "", "", ""]
    item = seeds.of_kind(list(ItemKind)[ord(parts[0][:1] or "0") % len(ItemKind)])
    fields = dict(zip(anki.FIELDS, parts[1:], strict=False))
    for names in (anki.FIELDS, anki.FIELDS[:1], anki.FIELDS[1:3]):
        try:
            anki.edited(item, fields, names, ("依据：甲",))
        except Unclear as unclear:
            one_line(str(unclear))


def edited_text(data: bytes) -> None:

    text = text_of(data)
    item = seeds.of_kind(list(ItemKind)[ord(text[:1] or "0") % len(ItemKind)])
    item_text.check(item_text.parse(text[1:], item))


# ---- answers handed in, reports, tables of wishes -------------------------------------------------


def answers(data: bytes) -> None:
    """A table of answers is marked without anybody getting more than the paper gives."""

    grading = grade(seeds.papers(), responses.read(data, "作答.csv"))
    for result in grading.results:
        assert 0 <= result.score <= result.total, "more points than there are"


def manifest(data: bytes) -> None:

    text = text_of(data)
    papers = read_manifest(text, "卷.json")
    printed_for(text)
    row = {"姓名": "张三", "卷别": "A", **{str(n): "A；天津" for n in range(1, 12)}}
    grading = grade(papers, [(2, row)])
    graded.as_json(grading, papers)
    graded.tables(grading, papers)


def report(data: bytes) -> None:

    made = group_of([read_report(text, f"{n}.json") for n, text in enumerate(text_of(data).split("\x1e"))])
    group.as_json(made)
    group.tables(made)
    Console(file=io.StringIO()).print(group.screen(made))


def wishes(data: bytes) -> None:

    settings.parse("settings.toml", text_of(data))


def recipe(data: bytes) -> None:

    recipes.select(recipes.parse("配方.toml", text_of(data)), seeds.items())
