"""What tables, columns and indexes a bank must have, and what one lacks or has that is not ours."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Set
from contextlib import closing
from functools import cache
from typing import NamedTuple

from studytool.store.bank import Bank
from studytool.store.schema import MIGRATIONS


class Shape(NamedTuple):
    """The columns of each table, with their places in its key (0: none) and what they refer to, and how each
    index is made. SQLite refuses whatever touches a table that refers to a column that is not there."""

    columns: Mapping[str, frozenset[tuple[str, int, str]]]
    indexes: Mapping[str, str]


_COLUMNS = (
    "select t.name as owner, c.name as name, c.pk as place,"
    " coalesce(r.\"table\" || '.' || coalesce(r.\"to\", ''), '') as target"
    " from sqlite_master t join pragma_table_info(t.name) c"
    " left join pragma_foreign_key_list(t.name) r on r.\"from\" = c.name where t.type = 'table'"
)
_INDEXES = "select name, sql from sqlite_master where type = 'index' and sql is not null"


def wanted() -> Shape:
    """The shape of a bank that has had all migrations."""
    return _left_by(frozenset(migration.name for migration in MIGRATIONS))


@cache
def _left_by(migrations: frozenset[str]) -> Shape:
    """The shape of a bank that has had these migrations."""
    with closing(sqlite3.connect(":memory:")) as conn:
        conn.row_factory = sqlite3.Row
        for migration in MIGRATIONS:
            for statement in migration.statements if migration.name in migrations else ():
                conn.execute(statement)
        return _shape(conn.execute(_COLUMNS).fetchall(), conn.execute(_INDEXES).fetchall())


def _shape(columns: list[sqlite3.Row], indexes: list[sqlite3.Row]) -> Shape:
    found: dict[str, set[tuple[str, int, str]]] = {}
    for row in columns:
        found.setdefault(row["owner"], set()).add((row["name"], row["place"], row["target"]))
    return Shape(
        {table: frozenset(own) for table, own in found.items()}, {row["name"]: row["sql"] for row in indexes}
    )


def lost(bank: Bank) -> tuple[str, ...]:
    """The tables that are missing, or have lost a column, their key or what they refer to: only a copy has
    what stood there."""
    return _lost(bank, wanted())


def is_whole(bank: Bank, migrations: Set[str]) -> bool:
    """Has a bank that has had these migrations all their tables, and nothing that changes what is kept?"""
    return bool(migrations) and not _lost(bank, _left_by(frozenset(migrations))) and not foreign(bank)


def _lost(bank: Bank, shape: Shape) -> tuple[str, ...]:
    found = _shape(bank.rows(_COLUMNS), [])
    return tuple(
        table
        for table, columns in shape.columns.items()
        if not columns <= found.columns.get(table, frozenset())
    )


def lacking(bank: Bank) -> tuple[tuple[str, ...], ...]:
    """For each index that is missing, or is another one of its name, the statements that make it anew."""
    found = _shape([], bank.rows(_INDEXES)).indexes
    return tuple(
        (*([f"drop index {name}"] if name in found else []), sql)
        for name, sql in wanted().indexes.items()
        if found.get(name) != sql
    )


def foreign(bank: Bank) -> tuple[tuple[str, ...], ...]:
    """For each trigger the statement that removes it: a bank has none, and they would change what is kept."""
    found = bank.rows("select name from sqlite_master where type = 'trigger'")
    return tuple(('drop trigger "{}"'.format(str(row["name"]).replace('"', '""')),) for row in found)


_TEXTS = (
    "select t.name as owner, c.name as name from sqlite_master t, pragma_table_info(t.name) c"
    " where t.type = 'table' and c.type = 'TEXT' order by t.name, c.cid"
)


def texts(bank: Bank) -> Mapping[str, tuple[str, ...]]:
    """The columns of each table of ours that hold text."""
    found: dict[str, tuple[str, ...]] = {}
    for row in bank.rows(_TEXTS):
        if row["owner"] in wanted().columns:
            found[row["owner"]] = (*found.get(row["owner"], ()), row["name"])
    return found
