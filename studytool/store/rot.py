"""What a failing disk makes of a row: columns that no reader of ours understands, found and mended in SQL.

What was generated is made again by the next build: its document's stamp goes. What people said is never
thrown away: their wording stands twice, in `items` and in `overlays`, and each is mended with the other; an
answer stays, whatever is left of it. What SQL says here is what `rows` refuses.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from studytool.model import ItemKind, KnowledgeKind, Status
from studytool.store import rows
from studytool.store.edits import EDITABLE


@dataclass(frozen=True, slots=True)
class Rot:
    """Rows of `table` that cannot be read: which, and the statements that mend them in this order."""

    what: str
    table: str
    rotten: str
    mended: tuple[str, ...]


def _shape(column: str, kind: str, wrong: str = "false") -> str:
    """Is the column no JSON of this kind, or is anything `wrong` in it? Judged only if it is JSON at all."""
    return (
        f"case when {column} is null or not json_valid({column}) then true"
        f" when json_type({column}) <> '{kind}' then true else {wrong} end"
    )


def _list(column: str, of: str) -> str:
    return _shape(column, "array", f"exists (select 1 from json_each({column}) where type <> '{of}')")


def _any(conditions: Iterable[str]) -> str:
    return "(" + " or ".join(conditions) + ")"


def _none_of(column: str, names: Iterable[str]) -> str:
    known = ", ".join(f"'{name}'" for name in names)
    return f"{column} not in ({known})"


_LISTS = ("items.key", "options", "distractors", "tags")  # json_each has a column `key` of its own
_ACCEPTED = (
    "exists (select 1 from json_each(accepted) part where part.type <> 'array'"
    " or exists (select 1 from json_each(part.value) where type <> 'text'))"
)
ITEM = _any(
    (
        *(_list(column, "text") for column in _LISTS),
        _shape("accepted", "array", _ACCEPTED),
        _none_of("kind", ItemKind),
        _none_of("asks", KnowledgeKind),
    )
)
_PAIRS = (
    "exists (select 1 from json_each(ranges) pair where pair.type <> 'array' or json_array_length(pair.value)"
    " <> 2 or exists (select 1 from json_each(pair.value) where type <> 'integer'))"
)
ORIGIN = _any(
    (
        _shape("ranges", "array", _PAIRS),
        "published_on is not null and (length(published_on) <> 10 or date(published_on) is null)",
    )
)
ARTICLE = _any(_list(column, "object") for column in ("paragraphs", "joints", "doubts"))
_COUNTS = "exists (select 1 from json_each(dropped) where type <> 'integer')"
_NUMBERS = "exists (select 1 from json_each(parameters) where type not in ('real', 'integer'))"
_MEMORY = (
    "coalesce(json_extract(before, '$.state'), 0) not in (1, 2, 3)"
    " or json_type(before, '$.due_at') is not 'text'"
)
_BEFORE = f"before is not null and {_shape('before', 'object', _MEMORY)}"
_SOUND_ITEM = f"select id from items where not {ITEM}"
_SOUND_OVERLAY = (
    f"select item_id from overlays where not {_shape('fields', 'object')}"
    f" and not {_shape('generated', 'object')}"
)


def _columns(names: Iterable[str], item: str) -> str:
    """The columns of an item as one JSON object."""
    pairs = ", ".join(f"'{name}', {name}" for name in names)
    return f"(select json_object({pairs}) from items where id = {item})"


def _from_overlay(column: str) -> str:
    """What a column of an item says according to its overlay."""
    return (
        f"{column} = (select iif(json_type(fields, '$.{column}') is null, json_extract(generated,"
        f" '$.{column}'), json_extract(fields, '$.{column}')) from overlays where item_id = items.id)"
    )


_STALE = "update documents set stamp = '' where not imported and id in (select document_id from {} where {})"
_OF_ROTTEN_ITEMS = f"item_id in (select id from items where {ITEM})"
_GENERATED = (
    f"coalesce((select json(generated) from overlays v where v.item_id = edits.item_id"
    f" and not {_shape('v.generated', 'object')}), {_columns(rows.CONTENT, 'edits.item_id')})"
)

# In this order: what an item is mended with is mended before, as far as the item itself can say it.
ROTS = (
    Rot(
        "修改过的题，修改与原题读不出来（按题目现在的内容记下）",
        "overlays",
        _any(_shape(column, "object") for column in ("fields", "generated"))
        + f" and item_id in ({_SOUND_ITEM})",
        (
            f"update overlays set fields = {_columns(EDITABLE, 'overlays.item_id')}"
            f" where {_shape('fields', 'object')} and item_id in ({_SOUND_ITEM})",
            f"update overlays set generated = {_columns(rows.CONTENT, 'overlays.item_id')}"
            f" where {_shape('generated', 'object')} and item_id in ({_SOUND_ITEM})",
        ),
    ),
    Rot(
        "修改过的题，所依据的旧版本读不出来",
        "overlays",
        f"seen is not null and {_shape('seen', 'object')}",
        (f"update overlays set seen = null where seen is not null and {_shape('seen', 'object')}",),
    ),
    Rot(
        "修改过的题，内容读不出来（按修改记录恢复）",
        "items",
        f"{ITEM} and id in ({_SOUND_OVERLAY})",
        (
            f"update items set {', '.join(map(_from_overlay, rows.CONTENT))}"
            f" where {ITEM} and id in ({_SOUND_OVERLAY})",
            f"delete from overlays where {_OF_ROTTEN_ITEMS}",  # it could not say it either
        ),
    ),
    Rot(
        "题的内容读不出来（停用；下次 build 按原文重新生成，导入的题请重新导入）",
        "items",
        f"{ITEM} and id not in ({_SOUND_OVERLAY})",
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
        _none_of("status", Status),
        (f"update items set status = 'draft' where {_none_of('status', Status)}",),
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
        _shape("dropped", "object", _COUNTS),
        (
            "update documents set stamp = iif(imported, stamp, ''), dropped = json_object()"
            f" where {_shape('dropped', 'object', _COUNTS)}",
        ),
    ),
    Rot(
        "答题记录里的作答读不出来（记录保留）",
        "reviews",
        _list("response", "text"),
        (f"update reviews set response = '[]' where {_list('response', 'text')}",),
    ),
    Rot(
        "答题记录里此前的记忆读不出来（撤销时保持现在的记忆）",
        "reviews",
        _BEFORE,
        (
            "update reviews set before = (select json_object('state', state, 'step', step, 'stability',"
            " stability, 'difficulty', difficulty, 'due_at', due_at, 'reviewed_at', m.reviewed_at)"
            " from memories m where m.learner = reviews.learner and m.item_id = reviews.item_id)"
            f" where {_BEFORE}",
        ),
    ),
    Rot(
        "修改记录读不出来（现在的内容保留；撤销时回到生成的版本）",
        "edits",
        _any(_shape(column, "object") for column in ("fields", "before")),
        (
            f"update edits set fields = json_object() where {_shape('fields', 'object')}",
            "update edits set before = json_object('status', 'draft', 'content',"
            f" json({_GENERATED}), 'overlay', null, 'inherited', json_array(), 'flags', json_array(),"
            f" 'memories', json_array(), 'variants', json_array()) where {_shape('before', 'object')}",
        ),
    ),
    Rot(
        "考试成绩的分项读不出来",
        "papers",
        f"finished_at is not null and {_list('result', 'array')}",
        (f"update papers set result = '[]' where finished_at is not null and {_list('result', 'array')}",),
    ),
    Rot(
        "记忆参数读不出来（恢复为通用参数；可再运行 studytool optimize）",
        "parameters",
        _shape("parameters", "array", _NUMBERS),
        (f"delete from parameters where {_shape('parameters', 'array', _NUMBERS)}",),
    ),
)
