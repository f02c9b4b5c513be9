"""`studytool check`: what a person should look at before others learn from it."""

from __future__ import annotations

from typing import Annotated

import typer

from studytool.cli import console
from studytool.cli.bank import AsJson
from studytool.cli.options import Sources
from studytool.errors import StudyError


def check(
    context: typer.Context,
    source: Sources = None,
    dropped: Annotated[bool, typer.Option("--dropped", help="也列出各项质量检查挡下了多少题。")] = False,
    json: AsJson = False,
) -> None:
    """列出存疑之处：识别错误、引号不成对、断句未接上、时间不明、数值相互矛盾。

    例：studytool check        studytool check --source 公报 --dropped
    """
    from studytool import conflicts
    from studytool.store import checks
    from studytool.views import check as views

    def wanted(name: str) -> bool:
        return not source or any(part in name for part in source)

    with console.open_bank(context) as bank:
        by_name = checks.dropped(bank)
        if source and not any(map(wanted, by_name)):
            raise StudyError(f"题库里没有名字含“{'”“'.join(source)}”的文件：请用 studytool articles 查看")
        doubts = tuple(doubt for doubt in checks.doubts(bank) if wanted(doubt.source))
        found = tuple(
            one for one in conflicts.find(checks.figures(bank)) if any(wanted(i.source) for i in one.items)
        )
        counts = {name: gates for name, gates in by_name.items() if dropped and wanted(name)}
    if json:
        console.show_json(views.as_json(doubts, found, counts if dropped else None))
    else:
        console.show(views.screen(doubts, found, counts))
