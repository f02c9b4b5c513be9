"""A dossier -> the screen to decide on: the item, its evidence in place, doubts, the other version."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from studytool.model import Item
from studytool.views.items import with_answer
from studytool.views.names import STATUSES

if TYPE_CHECKING:
    from studytool.store.dossiers import Decision, Dossier, Proposal

ACTIONS = {"edit": "修改", "approve": "审定", "retire": "停用", "renew": "换成新版"}
KEYS = "a 审定 · e 修改 · v 用编辑器改 · r 停用 · 空格 跳过 · u 撤销 · q 离开"
TAKE = "t 换成另一版 · "
ACCEPT = "c 都算对 · "


def screen(dossier: Dossier, number: int, count: int, notes: tuple[str, ...] = ()) -> RenderableType:
    """One item to decide on."""
    item = dossier.item
    parts: list[RenderableType] = [Text(f"审题 {number}/{count}", style="dim")]
    parts += [Text(note, style="yellow") for note in notes]
    parts.append(with_answer(item))
    parts += _more(item)
    parts += [_paragraph(dossier), Text()]
    parts += [Text(f"文中存疑 {doubt}", style="yellow") for doubt in dossier.doubts]
    parts += [Text(f"{flag.learner} 认为有问题：{flag.reason}", style="red") for flag in dossier.flags]
    parts += [Text(_proposed(item, one), style="yellow") for one in dossier.proposals]
    parts += [Text(_decided(decision), style="dim") for decision in dossier.decisions]
    if dossier.learners:
        parts.append(Text(f"{dossier.learners} 人学过；改答案会使他们从头学这道题", style="dim"))
    if dossier.other:
        parts += [_versions(dossier), Text()]
    offered = (TAKE if dossier.other else "") + (ACCEPT if dossier.proposals else "")
    parts.append(Text(offered + KEYS, style="cyan"))
    return Group(*parts)


def _more(item: Item) -> list[RenderableType]:
    """What the listing of items does not show."""
    others = [text for variants in item.accepted for text in variants if text not in item.key]
    lines = [
        ("也可答", "；".join(others)),
        ("解析", item.explanation or ""),
        ("标签", "；".join(item.tags)),
    ]
    return [Text(f"   {name}：{text}", style="dim") for name, text in lines if text]


def _paragraph(dossier: Dossier) -> RenderableType:
    """The paragraph with the evidence marked in it; the evidence alone, where the two cannot be matched."""
    evidence = dossier.item.evidence
    text = dossier.paragraph or dossier.item.quotation
    if not text:
        return Text("没有依据：这道题是导入的", style="yellow")
    shown = Text(text)
    start = text.find(evidence)
    shown.stylize("bold underline", start, start + len(evidence))
    return Padding(Group(Text("依据", style="dim"), shown), (0, 0, 0, 3))


def _proposed(item: Item, one: Proposal) -> str:
    """What learners have let pass; so far it is right for them alone."""
    place = f"第{one.part + 1}处" if len(item.key) > 1 else ""
    return f"{'、'.join(one.learners)} 自己算对：{place}“{one.text}”（现在只对本人算）"


def _decided(decision: Decision) -> str:
    day = decision.at.astimezone().date().isoformat()
    reason = f"：{decision.reason}" if decision.reason else ""
    return f"{decision.reviewer} {day} {ACTIONS[decision.action]}{reason}"


def _versions(dossier: Dossier) -> RenderableType:
    """The two versions side by side."""
    other = dossier.other
    assert other is not None
    names = ("改过的", "来源变动后新生成的")
    shown, beside = (dossier.item, other.item)
    table = Table(title="来源有变动，请看两个版本", title_style="yellow", expand=True, show_lines=True)
    for name in reversed(names) if other.mine else names:
        table.add_column(Text(name), ratio=1, overflow="fold")  # Chinese has no spaces to break at
    for text in ("题干", "答案", "选项", "解析", "依据"):
        left, right = (_field(item, text) for item in (shown, beside))
        if left or right:
            table.add_row(Text(left), Text(right, style="" if left == right else "yellow"))
    return table


def _field(item: Item, name: str) -> str:
    return {
        "题干": item.stem,
        "答案": "；".join(item.key),
        "选项": "；".join(item.options),
        "解析": item.explanation or "",
        "依据": item.evidence,
    }[name]


def edited(old: Item, new: Item) -> RenderableType:
    """What an edit from elsewhere changes, old above new."""
    lines = [Text(f"{old.id} {STATUSES[old.status]}", style="dim")]
    for name in ("题干", "答案", "选项", "解析"):
        before, after = _field(old, name), _field(new, name)
        if before != after:
            lines += [
                Text(f"  {name} 原：{before or '（无）'}"),
                Text(f"  {name} 改：{after or '（无）'}", style="green"),
            ]
    return Group(*lines)
