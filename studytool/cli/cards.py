"""`studytool cards`: turn the pages of the bank, look at one card, set it aside or bring it back."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from studytool.cli import console, keys, leaving
from studytool.cli.flagging import CANCELLED, flagged
from studytool.cli.options import Articles, Finds, Kinds, Sources, Tags, item_filter
from studytool.cli.settings import Learner, load
from studytool.limits import MOST

if TYPE_CHECKING:
    from studytool.model import Card, ItemFilter
    from studytool.store.bank import Bank

GONE = "这道题刚被撤回"
PAGE = 9  # as many as there are digits to open one with; fewer where the window is low
AROUND = 6  # lines of a page beside its cards: where it stands, two rules, hints, and what was just said
FORWARD, BACK = {keys.ENTER, "n"}, {"p", keys.BACKSPACE}


def cards(
    context: typer.Context,
    kind: Kinds = None,
    source: Sources = None,
    article: Articles = None,
    tag: Tags = None,
    find: Finds = None,
    held: Annotated[bool, typer.Option("--held", help="只看搁置的题。")] = False,
    top: Annotated[
        int | None, typer.Option(min=1, max=MOST, metavar="N", help="只列前 N 题（不在终端里时）。")
    ] = None,
    learner: Learner = None,
    json: Annotated[bool, typer.Option("--json", help="输出一个 JSON 文档。")] = False,
) -> None:
    """翻看、查找题目：记得怎样、何时再来；搁置的可以恢复。

    例：studytool cards        studytool cards --find 京津冀        studytool cards --held
    """
    from studytool.store import asides, items, study
    from studytool.views import cards as views

    name = learner or load().learner
    chosen = item_filter(kind, source, article, tag, find)
    today = console.now().date()
    with console.open_bank(context) as bank:
        aside = asides.holds(bank, name, today)
        if held:
            chosen = replace(chosen, ids=tuple(sorted(aside)) or ("",))
        if keys.at_terminal() and not json:
            leaving.leave_as_by_ctrl_c()
            Browser(bank, name, chosen).run()
            return
        found = (study.cards_of(bank, name, portion) for portion in items.in_portions(bank, chosen, top))
        if json:
            console.show_json_list(
                views.as_json(one, aside.get(one.item.id)) for some in found for one in some
            )
        else:
            now = console.now()
            console.show_portions(found, lambda some: views.listing(some, aside, now), views.total)


def _size() -> int:
    """How many cards a page shows."""
    return min(PAGE, max(1, console.console().size.height - AROUND))


@dataclass(slots=True)
class Browser:
    """Somebody turning pages: where they are, what they look for, what was just said."""

    bank: Bank
    learner: str
    chosen: ItemFilter
    start: int = 0
    note: str = ""
    keyboard: keys.Keyboard = field(default_factory=keys.Keyboard)

    def run(self) -> None:
        """Until they leave."""
        with suppress(leaving.Left, KeyboardInterrupt):
            while self._page():
                pass

    def _page(self) -> bool:
        """One page; false when they leave."""
        from studytool.store import asides, items, study
        from studytool.views import cards as views

        total, size = items.count(self.bank, self.chosen), _size()
        found = study.cards(self.bank, self.learner, items.page(self.bank, self.chosen, self.start, size))
        held = asides.holds(self.bank, self.learner, console.now().date())
        console.console().clear()
        console.show(views.page(found, (self.start, total), held, console.now(), self.note))
        self.note = ""
        key = self.keyboard.key()
        if key in FORWARD and self.start + size < total:
            self.start += size
        elif key in BACK:
            self.start = max(0, self.start - size)
        elif key == "/":
            self._search()
        elif key.isdecimal() and 1 <= int(key) <= len(found):
            self._card(found[int(key) - 1])
        return key != "q"

    def _search(self) -> None:
        text = self.keyboard.line("查找（直接回车看全部） > ")
        self.chosen, self.start = replace(self.chosen, find=text or None), 0

    def _card(self, card: Card) -> None:
        """One card in full, until they go back."""
        from studytool.store import asides
        from studytool.views import cards as views

        while True:
            held = asides.holds(self.bank, self.learner, console.now().date())
            console.console().clear()
            console.show(views.one(card, held.get(card.item.id), console.now(), self.note))
            key = self.keyboard.key()
            if key in {keys.ENTER, keys.BACKSPACE, "p"}:
                self.note = ""
                return
            if key == "q":
                raise leaving.Left
            self.note = self._change(card.item.id, key)

    def _change(self, item_id: str, key: str) -> str:
        """Do what a key asks for with the card; what to say of it."""
        from studytool.store import asides

        now = console.now()
        if key in {"b", "-"}:
            held = asides.Hold(self.learner, item_id, now.date() + timedelta(days=1))
            return "今天不再出（l 恢复）" if asides.hold(self.bank, held, now) else GONE
        if key == "x":
            held = asides.Hold(self.learner, item_id)
            return "不再出（l 恢复）" if asides.hold(self.bank, held, now) else GONE
        if key == "l":
            return "已恢复" if asides.lift(self.bank, self.learner, item_id) else "本来就没有搁置"
        if key in {"f", "!"}:
            told = flagged(self.bank, self.learner, item_id, self.keyboard)
            if told is None:
                return CANCELLED
            return "已记下，请教员核对" if told else GONE
        return ""
