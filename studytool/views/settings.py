"""Settings -> a small table: what each is, and that a file can change it."""

from __future__ import annotations

from dataclasses import asdict

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from studytool.settings import MEANINGS, Settings, written


def screen(place: str, exists: bool, settings: Settings) -> RenderableType:
    """The settings in force and where they come from."""
    table = Table.grid(padding=(0, 2))
    for flexible in (False, False, True):
        table.add_column(no_wrap=not flexible, overflow="fold")
    usual = asdict(Settings())
    for name, value in asdict(settings).items():
        changed = value != usual[name]
        table.add_row(
            Text(f"  {name}", style="cyan"),
            Text(written(value), style="bold" if changed else ""),
            Text(MEANINGS[name], style="dim"),
        )
    remedy = "" if exists else "（还没有；studytool settings --init 写出一份带说明的）"
    return Group(Text(f"设置文件：{place}{remedy}"), table)
