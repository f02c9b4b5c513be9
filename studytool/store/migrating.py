"""Applying named migrations through sqlite-utils, which also keeps the list of those a bank has had.

A module of its own, loaded only when a bank's tables have to be made or changed: sqlite-utils takes longer
to load than the first question to appear.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from functools import partial

from sqlite_utils import Database, Migrations

from studytool.store.schema import MIGRATION_SET, MIGRATIONS, Migration


def apply(conn: sqlite3.Connection) -> None:
    """Bring the tables up to date, within the transaction that is open."""
    migrations = Migrations(MIGRATION_SET)
    for migration in MIGRATIONS:
        migrations(name=migration.name)(_runner(migration))
    # No plugins of other programs in our transaction.
    migrations.apply(Database(conn, execute_plugins=False))


def _runner(migration: Migration) -> Callable[[Database], None]:
    return partial(_run, migration.statements)


def _run(statements: tuple[str, ...], db: Database) -> None:
    for statement in statements:
        db.execute(statement)
