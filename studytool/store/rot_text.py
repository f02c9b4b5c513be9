"""Bytes that are no text, in any column of any table: found, and put as “�” where no other place says better.

SQLite keeps them as they are and its own check does not mind them; to us the row cannot be read at all.
"""

from __future__ import annotations

from collections.abc import Iterator

from studytool.store import rows, shape
from studytool.store.bank import Bank
from studytool.store.conditions import Rot, any_of
from studytool.store.rot import SOUND_OVERLAY, from_overlay


def prepare(bank: Bank) -> None:
    """Let the bank's SQL ask whether bytes are text, and make text of them."""
    bank.conn.create_function("is_text", 1, _is_text, deterministic=True)
    bank.conn.create_function("as_text", 1, _as_text, deterministic=True)


def _is_text(value: bytes | None) -> bool:
    try:
        (value or b"").decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _as_text(value: bytes | None) -> str | None:
    return None if value is None else value.decode("utf-8", "replace")


def rots(bank: Bank) -> Iterator[Rot]:
    """One for each table of `bank` that holds text."""
    for table, columns in shape.texts(bank).items():
        rotten = any_of(f"not is_text(cast({table}.{column} as blob))" for column in columns)
        replaced = ", ".join(f"{column} = as_text(cast({column} as blob))" for column in columns)
        yield Rot(
            f"{_NAMES.get(table, table)}里有读不出的字节（换成“�”{_AFTERWARDS.get(table, '')}）",
            table,
            rotten,
            (*_before(table, rotten), f"update {table} set {replaced} where {rotten}"),
        )


_NAMES = {
    "documents": "文件的记录",
    "articles": "文章",
    "items": "题",
    "origins": "出处",
    "learners": "学员名单",
    "memories": "记忆",
    "reviews": "答题记录",
    "holds": "搁置的记录",
    "variants": "认可的写法",
    "flags": "报错",
    "papers": "试卷",
    "challenges": "挑战的记录",
    "parameters": "记忆参数",
    "edits": "修改记录",
    "overlays": "修改过的题",
    "handed_out": "发出过的题",
}
_AGAIN = "；下次 build 按原文重新生成"
_AFTERWARDS = {"documents": _AGAIN, "articles": _AGAIN, "origins": _AGAIN, "items": f"，停用{_AGAIN}"}
_STALE = "update documents set stamp = '' where not imported and id in ({})"


def _before(table: str, rotten: str) -> tuple[str, ...]:
    """What is done about the rows before their bytes are replaced: what was generated is to be made again,
    what a person worded stands in its overlay."""
    if table == "documents":
        return (f"update documents set stamp = iif(imported, stamp, '') where {rotten}",)
    if table in ("articles", "origins"):
        return (_STALE.format(f"select document_id from {table} where {rotten}"),)
    if table == "items":
        home = f"select document_id from origins where item_id in (select id from items where {rotten})"
        worded = ", ".join(map(from_overlay, rows.CONTENT))
        return (
            _STALE.format(home),
            f"update items set {worded} where {rotten} and id in ({SOUND_OVERLAY})",
            f"update items set status = 'retired' where {rotten}",
        )
    return ()
