"""What a failing disk makes of a row: columns that no reader of ours understands, found and mended in SQL.

What was generated is made again by the next build: its document's stamp goes. What people said is never
thrown away: their wording stands twice, in `items` and in `overlays`, and each is mended with the other; an
answer stays, whatever is left of it. What SQL says here is what `rows` refuses.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from studytool.model import Status
from studytool.store import rows
from studytool.store.conditions import Rot, any_of, no_day, no_instant, none_of, shape
from studytool.store.edits import EDITABLE, Action
from studytool.store.orphans import LONG_AGO
from studytool.store.rot_item import ITEM, no_fields, no_generated
from studytool.store.rot_study import impossible

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
_TEXT, _NUMBER, _TRUTH = ("text",), ("real", "integer"), ("true", "false")
_FIELDS: Mapping[str, Mapping[str, tuple[str, ...]]] = {  # what is always written down of an article
    "paragraphs": {"text": _TEXT, "role": _TEXT},
    "joints": {"before": _TEXT, "after": _TEXT, "confidence": _NUMBER, "made": _TRUTH},
    "doubts": {"kind": _TEXT, "text": _TEXT, "reason": _TEXT},
}


def _no_object(fields: Mapping[str, tuple[str, ...]]) -> str:
    """Is a row of `json_each` no object with fields of these types?"""
    types = ((f"coalesce(json_type(value, '$.{name}'), '')", of) for name, of in fields.items())
    return f"case when type <> 'object' then true else {any_of(none_of(*one) for one in types)} end"


def _no_objects(column: str, fields: Mapping[str, tuple[str, ...]]) -> str:
    """Is the column no list of objects with fields of these types?"""
    return shape(column, "array", f"exists (select 1 from json_each({column}) where {_no_object(fields)})")


ARTICLE = any_of(_no_objects(column, fields) for column, fields in _FIELDS.items())
_NO_SCORE = "not (score between 0 and 1 and difficulty between 0 and 1)"
_NO_DATES = any_of(f"({day} is not null and {no_day(day)})" for day in ("published_on", "assumed_on"))
_COUNTS = "exists (select 1 from json_each(dropped) where type <> 'integer')"
_GENERATED_BEFORE = no_generated("json_extract(before, '$.overlay.generated')")
_FIELDS_BEFORE = no_fields(EDITABLE, "json_extract(before, '$.overlay.fields')")
_OVERLAY_BEFORE = (  # null, or all that an overlay has
    "coalesce(json_type(before, '$.overlay'), 'null') <> 'null'"
    f" and ({_GENERATED_BEFORE} or {_FIELDS_BEFORE})"
)
_VARIANT = {"item_id": _TEXT, "part": ("integer",), "text": _TEXT, "learner": _TEXT, "accepted_at": _TEXT}
_MEMORY = {"learner": _TEXT, "item_id": _TEXT, "due_at": _TEXT}
_NO_MEMORY = impossible("json_extract(value, '$.", "')")
_LISTS_BEFORE = {  # what is wrong with one of them
    "inherited": "type <> 'text'",
    "flags": "type <> 'integer'",
    "variants": _no_object(_VARIANT),
    "memories": f"case when {_no_object(_MEMORY)} then true else {_NO_MEMORY} end",
}
_NO_LISTS_BEFORE = (
    f"(json_type(before, '$.{name}') is not 'array'"
    f" or exists (select 1 from json_each(before, '$.{name}') where {wrong}))"
    for name, wrong in _LISTS_BEFORE.items()
)
_WRONG_BEFORE = any_of(
    (
        none_of("coalesce(json_extract(before, '$.status'), '')", Status),
        f"({_OVERLAY_BEFORE})",
        *_NO_LISTS_BEFORE,
        no_generated("json_extract(before, '$.content')"),
    )
)
_BEFORE = shape("before", "object", _WRONG_BEFORE)


_NO_FIELDS, _NO_GENERATED = no_fields(EDITABLE), no_generated()
_SOUND_ITEM = f"select id from items where not {ITEM}"
SOUND_OVERLAY = f"select item_id from overlays where not {_NO_FIELDS} and not {_NO_GENERATED}"


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
    f" and not {no_generated('v.generated')}), {_columns(rows.CONTENT, 'edits.item_id')})"
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
        any_of((_NO_FIELDS, _NO_GENERATED)) + f" and item_id in ({_SOUND_ITEM})",
        (
            f"update overlays set fields = {_columns(EDITABLE, 'overlays.item_id')}"
            f" where {_NO_FIELDS} and item_id in ({_SOUND_ITEM})",
            f"update overlays set generated = {_columns(rows.CONTENT, 'overlays.item_id')}"
            f" where {_NO_GENERATED} and item_id in ({_SOUND_ITEM})",
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
        any_of((_NO_FIELDS, _BEFORE)),
        (
            f"update edits set fields = json_object() where {_NO_FIELDS}",
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
    Rot(
        "发出卡组的时间读不出来",
        "handed_out",
        no_instant("handed_at"),
        (f"update handed_out set handed_at = '{LONG_AGO}' where {no_instant('handed_at')}",),
    ),
)
