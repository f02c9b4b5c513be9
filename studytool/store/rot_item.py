"""What an item cannot say, in SQL: columns no reader understands, and questions that nobody could answer.

An item's columns stand in `items`, and once more, as JSON, wherever people have changed it; so a condition is
made for the place its columns stand in. It is no stricter than what importers and editors let in.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from studytool.model import BLANK, RIGHT, WRONG, ItemKind, KnowledgeKind
from studytool.store import rows
from studytool.store.conditions import any_of, list_of, none_of, shape

# The name of a column -> the SQL that gives its value.
Columns = Callable[[str], str]

_LISTS = ("key", "options", "distractors", "tags")
_TEXTS, _OR_NULL, _NUMBERS = (
    ("stem", "family"),
    ("explanation", "original", "changed"),
    ("difficulty", "score"),
)
_NO_VARIANTS = (
    "exists (select 1 from json_each({accepted}) part where part.type <> 'array'"
    " or json_array_length(part.value) = 0"
    " or exists (select 1 from json_each(part.value) where type <> 'text'))"
)
_NO_OPTION = "not in (select value from json_each({options}))"
_CHOSEN = ("single_choice", "multiple_response", "ordering", "matching")
# In the order of the kinds; `key` and `options` are known to be lists of texts by then.
_UNANSWERABLE = (
    "json_array_length({key}) = 0",
    "json_array_length({accepted}) > json_array_length({key})",
    f"{{kind}} in {_CHOSEN} and json_array_length({{options}}) < 2",
    f"{{kind}} in {_CHOSEN[:3]}"
    f" and exists (select 1 from json_each({{key}}) part where part.value {_NO_OPTION})",
    "{kind} = 'single_choice' and json_array_length({key}) > 1",
    "{kind} = 'matching' and exists (select 1 from json_each({key}) part where instr(part.value, '=') = 0"
    f" or substr(part.value, instr(part.value, '=') + 1) {_NO_OPTION})",
    "{kind} = 'true_false' and (json_array_length({key}) <> 1"
    f" or json_extract({{key}}, '$[0]') not in ('{RIGHT}', '{WRONG}'))",
    f"{{kind}} = 'cloze' and length({{stem}}) - length(replace({{stem}}, '{BLANK}', ''))"
    f" <> {len(BLANK)} * json_array_length({{key}})",
)


def _in_table(name: str) -> str:
    """Of a row of `items`; in full, for json_each has columns of its own by such names."""
    return f"items.{name}"


def _in_json(column: str, name: str) -> str:
    return f"json_extract({column}, '$.{name}')"


def _no_type(name: str, of: Columns) -> str:
    """Is it no value that this column of an item takes?"""
    if name in _LISTS:
        return list_of(of(name), "text")
    if name == "accepted":
        return shape(of(name), "array", _NO_VARIANTS.format(accepted=of(name)))
    if name in _NUMBERS:
        return f"typeof({of(name)}) not in ('real', 'integer')"
    if name in _OR_NULL:
        return f"typeof({of(name)}) not in ('text', 'null')"
    if name in _TEXTS:
        return f"typeof({of(name)}) <> 'text'"
    return none_of(f"coalesce({of(name)}, '')", {"kind": ItemKind, "asks": KnowledgeKind}[name])


def _no_item(of: Columns) -> str:
    """Do these columns make no item that can be read and answered?"""
    named = {name: of(name) for name in rows.CONTENT}
    unread = any_of(_no_type(name, of) for name in rows.CONTENT)
    unanswerable = any_of(one.format(**named) for one in _UNANSWERABLE)
    return f"case when {unread} then true else {unanswerable} end"


ITEM = f"({_no_item(_in_table)})"


def no_generated(column: str = "generated") -> str:
    """Is this JSON no item as generated?"""
    return shape(column, "object", _no_item(partial(_in_json, column)))


def no_fields(names: tuple[str, ...], column: str = "fields") -> str:
    """Is this JSON nothing that a person can say of the columns `names` of an item?"""
    unknown = f"exists (select 1 from json_each({column}) where {none_of('key', names)})"
    of = partial(_in_json, column)
    said = (f"(json_type({column}, '$.{name}') is not null and {_no_type(name, of)})" for name in names)
    return shape(column, "object", any_of((unknown, *said)))
