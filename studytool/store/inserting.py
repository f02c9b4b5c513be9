"""Rows -> a table: one, or many at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from studytool.store.bank import Bank

Row = Mapping[str, object]


def insert(bank: Bank, table: str, row: Row, verb: str = "insert") -> None:
    """Put a row in, by `insert` or one of SQLite's kinds of it."""
    bank.run(_statement(table, row, verb), *row.values())


def insert_all(bank: Bank, table: str, rows: Sequence[Row], verb: str = "insert") -> None:
    """Put many rows of one form in at once: others wait for it."""
    if rows:
        bank.run_for_all(_statement(table, rows[0], verb), [tuple(row.values()) for row in rows])


def _statement(table: str, row: Row, verb: str) -> str:
    return f"{verb} into {table} ({', '.join(row)}) values ({', '.join('?' * len(row))})"
