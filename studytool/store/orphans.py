"""Rows that hang on others which are gone. What people did is never thrown away for it: the item they did it
to is put back, empty and retired, until the next build makes it again; a learner is made known again.
"""

from __future__ import annotations

from typing import NamedTuple


class Orphans(NamedTuple):
    """What hangs on nothing: how to count it, and the statements that mend it in this order."""

    what: str
    counting: str
    mended: tuple[str, ...]


LONG_AGO = "1970-01-01T00:00:00.000000+00:00"
# The next build makes everything anew that was not imported.
STALE = "update documents set stamp = '' where not imported"
_NO_ITEM = "item_id not in (select id from items)"
# What people did: it needs its item.
_WORK = ("reviews", "edits", "overlays", "paper_items", "holds", "flags", "variants", "handed_out")
_ASIDE = {  # what is worked out, and nothing without the item
    "memories": "记忆指向不存在的题",
    "measures": "数据的量指向不存在的题",
}
_LEARNERS = ("reviews", "memories", "holds", "papers", "challenges", "parameters")
_LOST_ITEMS = " union ".join(f"select item_id from {table} where {_NO_ITEM}" for table in _WORK)
_LOST_LEARNERS = " union ".join(
    f"select learner from {table} where learner not in (select name from learners)" for table in _LEARNERS
)
_NO_DOCUMENT = "document_id not in (select id from documents)"
# Null for what has not been answered, which is “not in” an empty list.
_NO_REVIEW = "review_id is not null and review_id not in (select id from reviews)"
_ROOTLESS = "status <> 'retired' and id not in (select item_id from origins)"


# A document knows how many items it has given, and they of which of its articles they are; what was imported
# or withdrawn is not made again. What its text no longer says, and somebody has worked on, stands nowhere.
_INCOMPLETE = (
    "not imported and withdrawn_at is null and stamp <> '' and ("
    "item_count > (select count(*) from origins o where o.document_id = documents.id)"
    " or exists (select 1 from origins o where o.document_id = documents.id and o.ranges <> '[]'"
    " and not exists"
    " (select 1 from articles a where a.document_id = o.document_id and a.id = o.article_id)))"
)


def _count(table: str, condition: str) -> str:
    return f"select count(*) from {table} where {condition}"


# In this order: an item that is put back is there for what hangs on it.
ORPHANS = (
    Orphans(
        "题已丢失，答题、修改或标记的记录还在（记录保留；下次 build 按原文重新生成，导入的题请重新导入）",
        f"select count(*) from ({_LOST_ITEMS})",
        (
            "insert into items (id, kind, asks, stem, key, accepted, options, distractors, family,"
            " difficulty, score, status, tags, changed_at)"
            " select item_id, 'short_answer', 'rule', '（题已丢失）', '[\"\"]', '[[\"\"]]', '[]', '[]',"
            f" item_id, 0.5, 0.0, 'retired', '[]', '{LONG_AGO}' from ({_LOST_ITEMS})",
            STALE,
        ),
    ),
    *(
        Orphans(what, _count(table, _NO_ITEM), (f"delete from {table} where {_NO_ITEM}",))
        for table, what in _ASIDE.items()
    ),
    Orphans(
        "学员不在名单里（补上）",
        f"select count(*) from ({_LOST_LEARNERS})",
        (f"insert into learners (name, created_at) select learner, '{LONG_AGO}' from ({_LOST_LEARNERS})",),
    ),
    Orphans(
        "出处指向不存在的题或文件",
        _count("origins", f"{_NO_ITEM} or {_NO_DOCUMENT}"),
        (f"delete from origins where {_NO_ITEM} or {_NO_DOCUMENT}",),
    ),
    Orphans(
        "文章没有文件",
        _count("articles", _NO_DOCUMENT),
        (f"delete from articles where {_NO_DOCUMENT}",),
    ),
    Orphans(
        "考题没有试卷",
        _count("paper_items", "paper_id not in (select id from papers)"),
        ("delete from paper_items where paper_id not in (select id from papers)",),
    ),
    Orphans(
        "考题指向不存在的答题记录",
        _count("paper_items", _NO_REVIEW),
        (f"update paper_items set review_id = null where {_NO_REVIEW}",),
    ),
    Orphans(
        "题没有出处（停用；下次 build 按原文重新生成，导入的题请重新导入）",
        _count("items", _ROOTLESS),
        (f"update items set status = 'retired' where {_ROOTLESS}", STALE),
    ),
    Orphans(
        "文件的题或文章不全（下次 build 重新生成）",
        _count("documents", _INCOMPLETE),
        (f"update documents set stamp = '' where {_INCOMPLETE}",),
    ),
)
