"""Conditions in SQL: which columns hold what no reader of ours understands and no writer of ours wrote."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

_DAY = "[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]"
_TIME = "T[0-2][0-9]:[0-5][0-9]:[0-5][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]+00:00"
# A clock may be wrong by a century; beyond that the calendar itself ends. One that has stopped begins anew in
# 1970, which west of Greenwich is the evening before.
_FIRST, _LAST = "1969-12-31", "2500"


@dataclass(frozen=True, slots=True)
class Rot:
    """Rows of `table` that cannot be read: which, and the statements that mend them in this order."""

    what: str
    table: str
    rotten: str
    mended: tuple[str, ...]


def shape(column: str, kind: str, wrong: str = "false") -> str:
    """Is the column no JSON of this kind, or is anything `wrong` in it? Judged only if it is JSON at all."""
    return (
        f"case when {column} is null or not json_valid({column}) then true"
        f" when json_type({column}) <> '{kind}' then true else {wrong} end"
    )


def list_of(column: str, of: str) -> str:
    """Is the column no JSON list of values of this type?"""
    return shape(column, "array", f"exists (select 1 from json_each({column}) where type <> '{of}')")


def any_of(conditions: Iterable[str]) -> str:
    """Does one of these hold?"""
    return "(" + " or ".join(conditions) + ")"


def none_of(column: str, names: Iterable[str]) -> str:
    """Is the column none of these words? (Null is not.)"""
    known = ", ".join(f"'{name}'" for name in names)
    return f"{column} not in ({known})"


def no_instant(column: str) -> str:
    """Is it no instant as `rows.instant` writes one?"""
    # Without the fraction, which SQLite would round to the next second; it takes a 30th of February as it is,
    # until it has to reckon with it.
    seconds = f"substr({column}, 1, 19)"
    return (
        f"({column} not glob '{_DAY}{_TIME}' or {column} not between '{_FIRST}' and '{_LAST}'"
        f" or strftime('%Y-%m-%dT%H:%M:%S', {seconds}, '+0 days') is not {seconds})"
    )


def no_day_of_study(column: str) -> str:
    """Is it no day on which somebody can have studied?"""
    return f"({no_day(column)} or {column} not between '{_FIRST}' and '{_LAST}')"


def no_day(column: str) -> str:
    """Is it no day of the calendar?"""
    return f"({column} not glob '{_DAY}' or date({column}, '+0 days') is not {column})"
