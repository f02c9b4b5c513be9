"""Articles of the bank -> JSON, a list, or one in full."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from studytool.errors import StudyError
from studytool.model import Role
from studytool.store.articles import ArticleLine, ArticleRow


def one(lines: Sequence[ArticleLine], article_id: str) -> ArticleLine:
    """The article whose id begins with `article_id`; of copies in several files, the one that words the
    questions. Raises StudyError unless there is exactly one."""
    found = tuple(line for line in lines if line.id.startswith(article_id))
    if len({line.id for line in found}) != 1:  # one article may stand in two files
        what = "没有这篇文章" if not found else f"有 {len(found)} 篇文章"
        raise StudyError(f"{article_id}：{what}，请用 studytool articles 查看编号")
    return next((line for line in found if not line.withdrawn), found[0])


def as_json(row: ArticleRow) -> dict[str, object]:
    """An article as the contract has it; joints and doubts besides."""
    return {
        "id": row.id,
        "source": row.source,
        "title": row.title,
        "kicker": row.kicker,
        "subtitle": row.subtitle,
        "byline": row.byline,
        "issuer": row.issuer,
        "published_on": row.published_on,
        "genre": row.genre,
        "paragraphs": [text for text, _, _ in row.paragraphs],
        "joints": list(row.joints),
        "doubts": list(row.doubts),
    }


def listing(lines: Sequence[ArticleLine]) -> RenderableType:
    """One line an article: title, byline, date, length, doubts."""
    table = Table(box=None, pad_edge=False, header_style="dim")
    for name in ("编号", "标题", "署名", "日期", "字数", "存疑"):
        table.add_column(name, justify="right" if name in ("字数", "存疑") else "left")
    for line in lines:
        table.add_row(
            Text(line.id, style="dim"),
            Text.assemble(line.title, ("（已撤回）", "yellow") if line.withdrawn else ""),
            Text(line.byline or ""),
            Text(line.published_on or ""),
            Text(str(line.length)),
            Text(str(line.doubts or "")),
        )
    return Group(table, Text(f"共 {len(lines)} 篇", style="dim"))


def full(row: ArticleRow) -> RenderableType:
    """One article as it was understood, with what a person should look at."""
    lines = [Text(text, style="dim") for text in (row.kicker,) if text]
    lines.append(Text(row.title, style="bold"))
    lines += [Text(text) for text in (row.subtitle, row.byline) if text]
    about = " · ".join(text for text in (row.source, row.issuer, row.published_on, row.genre) if text)
    lines.append(Text(about + "\n", style="dim"))
    for text, _, role in row.paragraphs:
        lines.append(Text(text + "\n", style="bold" if role == Role.HEADING else ""))
    if row.joints:
        made = sum(bool(joint["made"]) for joint in row.joints)
        lines.append(Text(f"拼接：接上 {made} 处，未接 {len(row.joints) - made} 处", style="dim"))
    lines += [_joint(joint) for joint in row.joints]
    lines += [Text(f"存疑：{doubt['reason']}（{doubt['text']}）", style="yellow") for doubt in row.doubts]
    return Group(*lines)


def _joint(joint: Mapping[str, object]) -> Text:
    """The two sides of a joint, and how sure it is."""
    before, after = joint.get("before") or "", joint.get("after") or ""
    if not joint["made"]:
        return Text.assemble(("  未接　", "yellow"), f"…{before} ┃ ？")
    confidence = float(str(joint["confidence"]))
    sure = "人工" if confidence == 1.0 else f"{100 * confidence:.1f}%"
    return Text.assemble((f"  {sure:>5}　", "dim"), f"…{before} ┃ {after}…")
