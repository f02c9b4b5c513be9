"""Settings -> a small table: what each is, and that a file can change it."""

from __future__ import annotations

from dataclasses import asdict

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from studytool.settings import Settings


def screen(place: str, exists: bool, settings: Settings) -> RenderableType:
    """The settings in force and where they come from."""
    table = Table.grid(padding=(0, 2))
    usual = asdict(Settings())
    for name, value in asdict(settings).items():
        changed = value != usual[name]
        shown = str(value).lower() if isinstance(value, bool) else str(value)
        table.add_row(Text(f"  {name}", style="cyan"), Text(shown, style="bold" if changed else ""))
    remedy = "" if exists else "（还没有；studytool settings --init 写出一份带说明的）"
    return Group(Text(f"设置文件：{place}{remedy}"), table)
