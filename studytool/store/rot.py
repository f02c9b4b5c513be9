"""What a failing disk makes of a row: columns that no reader of ours understands, found and mended in SQL.

What was generated is made again by the next build: its document's stamp goes. What people said is never
thrown away: their wording stands twice, in `items` and in `overlays`, and each is mended with the other; an
answer stays, whatever is left of it. What SQL says here is what `rows` refuses.
"""

from __future__ import annotations

from collections.abc import Iterable

from studytool.model import ItemKind, KnowledgeKind, Status
from studytool.store import rows
from studytool.store.conditions import Rot, any_of, list_of, no_day, no_instant, none_of, shape
from studytool.store.edits import EDITABLE, Action
from studytool.store.orphans import LONG_AGO

_LISTS = ("items.key", "options", "distractors", "tags")  # json_each has a column `key` of its own
_ACCEPTED = (
    "exists (select 1 from json_each(accepted) part where part.type <> 'array'"
    " or exists (select 1 from json_each(part.value) where type <> 'text'))"
)
_CHOSEN = ("single_choice", "multiple_response", "ordering", "matching")
_AMONG_OPTIONS = ("single_choice", "multiple_response", "ordering")
_NO_CHOICE = (
    f"kind in {_CHOSEN} and json_array_length(options) < 2 or kind in {_AMONG_OPTIONS} and exists"
    " (select 1 from json_each(items.key) part"
    "  where part.value not in (select value from json_each(options)))"
)
_UNKNOWN_FIELD = f"exists (select 1 from json_each({{}}) where {none_of('key', EDITABLE)})"
ITEM = any_of(
    (
        *(list_of(column, "text") for column in _LISTS),
        shape("accepted", "array", _ACCEPTED),
        shape("items.key", "array", "json_array_length(items.key) = 0"),
        shape("options", "array", _NO_CHOICE),
        none_of("kind", ItemKind),
        none_of("asks", KnowledgeKind),
    )
)
_PAIRS = (
    "exists (select 1 from json_each(ranges) pair where pair.type <> 'array' or json_array_length(pair.value)"
    " <> 2 or exists (select 1 from json_each(pair.value) where type <> 'integer'))"
)
ORIGIN = any_of(
    (
        shape("ranges", "array", _PAIRS),
        f"published_on is not null and {no_day('published_on')}",
    )
)
_FIELDS = {  # of what is written down of an article, those that are always text
    "paragraphs": ("text", "role"),
    "joints": ("before", "after"),
    "doubts": ("kind", "text", "reason"),
}


def _objects(column: str, fields: Iterable[str]) -> str:
    """Is the column no list of objects with these fields?"""
    wrong = any_of(f"json_type(value, '$.{name}') is not 'text'" for name in fields)
    no_such = f"case when type <> 'object' then true else {wrong} end"
    return shape(column, "array", f"exists (select 1 from json_each({column}) where {no_such})")


def _without(column: str, names: Iterable[str]) -> str:
    """Does the object in the column lack one of these?"""
    return any_of(f"json_type({column}, '$.{name}') is null" for name in names)


ARTICLE = any_of(_objects(column, fields) for column, fields in _FIELDS.items())
_NO_SCORE = "not (score between 0 and 1 and difficulty between 0 and 1)"
_NO_DATES = any_of(f"({day} is not null and {no_day(day)})" for day in ("published_on", "assumed_on"))
_COUNTS = "exists (select 1 from json_each(dropped) where type <> 'integer')"
_LISTS_BEFORE = ("inherited", "flags", "memories", "variants")
_OVERLAY_BEFORE = (  # null, or all that an overlay has
    "coalesce(json_type(before, '$.overlay'), 'null') <> 'null' and ("
    + _without("before", ("overlay.generated.key", "overlay.fields"))
    + ")"
)
_NO_ROWS_BEFORE = (
    f"exists (select 1 from json_each(before, '$.{name}') where type <> 'object')"
    for name in ("memories", "variants")
)
_WRONG_BEFORE = any_of(
    (
        none_of("coalesce(json_extract(before, '$.status'), '')", Status),
        f"({_OVERLAY_BEFORE})",
        *_NO_ROWS_BEFORE,
        _without("before", (f"content.{name}" for name in rows.CONTENT)),
        *(f"json_type(before, '$.{name}') is not 'array'" for name in _LISTS_BEFORE),
    )
)
_BEFORE = shape("before", "object", _WRONG_BEFORE)


def _no_fields(column: str = "fields") -> str:
    """Is this nothing that a person can say of an item?"""
    return shape(column, "object", _UNKNOWN_FIELD.format(column))


def _generated(column: str = "generated") -> str:
    """Is this no item as generated?"""
    return shape(column, "object", _without(column, rows.CONTENT))


_SOUND_ITEM = f"select id from items where not {ITEM}"
SOUND_OVERLAY = f"select item_id from overlays where not {_no_fields()} and not {_generated()}"


def _columns(names: Iterable[str], item: str) -> str:
    """The columns of an item as one JSON object."""
    pairs = ", ".join(f"'{name}', {name}" for name in names)
    return f"(select json_object({pairs}) from items where id = {item})"


def from_overlay(column: str) -> str:
    """What a column of an item says according to its overlay."""
    return (
        f"{column} = (select iif(json_type(fields, '$.{column}') is null, json_extract(generated,"
        f" '$.{column}'), json_extract(fields, '$.{column}')) from overlays where item_id = items.id)"
    )


_STALE = "update documents set stamp = '' where not imported and id in (select document_id from {} where {})"
_OF_ROTTEN_ITEMS = f"item_id in (select id from items where {ITEM})"
_NO_DECISION = f"status is not null and {none_of('status', Status)}"
_GENERATED = (
    f"coalesce((select json(generated) from overlays v where v.item_id = edits.item_id"
    f" and not {_generated('v.generated')}), {_columns(rows.CONTENT, 'edits.item_id')})"
)
_NO_DEED = any_of(
    (
        none_of("action", Action),
        no_instant("edited_at"),
        f"(undone_at is not null and {no_instant('undone_at')})",
    )
)

# In this order: what an item is mended with is mended before, as far as the item itself can say it.
ROTS = (
    Rot(
        "修改过的题，修改与原题读不出来（按题目现在的内容记下）",
        "overlays",
        any_of((_no_fields(), _generated())) + f" and item_id in ({_SOUND_ITEM})",
        (
            f"update overlays set fields = {_columns(EDITABLE, 'overlays.item_id')}"
            f" where {_no_fields()} and item_id in ({_SOUND_ITEM})",
            f"update overlays set generated = {_columns(rows.CONTENT, 'overlays.item_id')}"
            f" where {_generated()} and item_id in ({_SOUND_ITEM})",
        ),
    ),
    Rot(
        "修改过的题，所依据的旧版本读不出来",
        "overlays",
        f"seen is not null and {shape('seen', 'object')}",
        (f"update overlays set seen = null where seen is not null and {shape('seen', 'object')}",),
    ),
    Rot(
        "修改过的题，内容读不出来（按修改记录恢复）",
        "items",
        f"{ITEM} and id in ({SOUND_OVERLAY})",
        (
            f"update items set {', '.join(map(from_overlay, rows.CONTENT))}"
            f" where {ITEM} and id in ({SOUND_OVERLAY})",
            f"delete from overlays where {_OF_ROTTEN_ITEMS}",  # it could not say it either
        ),
    ),
    Rot(
        "题的内容读不出来（停用；下次 build 按原文重新生成，导入的题请重新导入）",
        "items",
        f"{ITEM} and id not in ({SOUND_OVERLAY})",
        (
            _STALE.format("origins", _OF_ROTTEN_ITEMS),
            f"delete from overlays where {_OF_ROTTEN_ITEMS}",
            "update items set status = 'retired', kind = 'short_answer', asks = 'rule', key = '[\"\"]',"
            " accepted = '[[\"\"]]', options = '[]', distractors = '[]', tags = '[]', original = null,"
            f" changed = null where {ITEM}",
        ),
    ),
    Rot(
        "题的状态读不出来（退回草稿）",
        "items",
        none_of("status", Status),
        (f"update items set status = 'draft' where {none_of('status', Status)}",),
    ),
    Rot(
        "对题的决定读不出来（按题现在的状态）",
        "overlays",
        _NO_DECISION,
        (
            "update overlays set status = (select nullif(status, 'draft') from items where id = item_id)"
            f" where {_NO_DECISION}",
        ),
    ),
    Rot(
        "出处读不出来（下次 build 重新生成）",
        "origins",
        ORIGIN,
        (
            _STALE.format("origins", ORIGIN),
            f"update origins set ranges = '[]', published_on = null where {ORIGIN}",
        ),
    ),
    Rot(
        "文章读不出来（下次 build 重新生成）",
        "articles",
        ARTICLE,
        (
            _STALE.format("articles", ARTICLE),
            f"update articles set paragraphs = '[]', joints = '[]', doubts = '[]' where {ARTICLE}",
        ),
    ),
    Rot(
        "文件的统计读不出来（下次 build 重新生成）",
        "documents",
        shape("dropped", "object", _COUNTS),
        (
            "update documents set stamp = iif(imported, stamp, ''), dropped = json_object()"
            f" where {shape('dropped', 'object', _COUNTS)}",
        ),
    ),
    Rot(
        "题的分数或难度不可能",
        "items",
        _NO_SCORE,
        (f"update items set score = 0.5, difficulty = 0.5 where {_NO_SCORE}",),
    ),
    Rot(
        "题的修改时间读不出来",
        "items",
        no_instant("changed_at"),
        (f"update items set changed_at = '{LONG_AGO}' where {no_instant('changed_at')}",),
    ),
    Rot(
        "文件的日期读不出来（下次 build 重新读取）",
        "documents",
        _NO_DATES,
        (
            "update documents set stamp = iif(imported, stamp, ''), published_on = null, assumed_on = null"
            f" where {_NO_DATES}",
        ),
    ),
    Rot(
        "修改记录读不出来（现在的内容保留；撤销时回到生成的版本）",
        "edits",
        any_of((_no_fields(), _BEFORE)),
        (
            f"update edits set fields = json_object() where {_no_fields()}",
            "update edits set before = json_object('status', 'draft', 'content',"
            f" json({_GENERATED}), 'overlay', null, 'inherited', json_array(), 'flags', json_array(),"
            f" 'memories', json_array(), 'variants', json_array()) where {_BEFORE}",
        ),
    ),
    Rot(
        "修改记录的动作或时间读不出来（记作修改；内容保留）",
        "edits",
        _NO_DEED,
        (
            f"update edits set action = 'edit' where {none_of('action', Action)}",
            f"update edits set edited_at = '{LONG_AGO}' where {no_instant('edited_at')}",
            f"update edits set undone_at = '{LONG_AGO}' where undone_at is not null"
            f" and {no_instant('undone_at')}",
        ),
    ),
)
