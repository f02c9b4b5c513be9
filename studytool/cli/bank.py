"""Looking into the bank: articles, items, verify."""

from __future__ import annotations

from typing import Annotated

import typer

from studytool.cli import console
from studytool.cli.options import Articles, Finds, Kinds, Sources, Tags, item_filter
from studytool.limits import MOST

AsJson = Annotated[bool, typer.Option("--json", help="输出一个 JSON 文档。")]


def items(
    context: typer.Context,
    kind: Kinds = None,
    source: Sources = None,
    article: Articles = None,
    tag: Tags = None,
    find: Finds = None,
    top: Annotated[int | None, typer.Option(min=1, max=MOST, metavar="N", help="只要最好的 N 题。")] = None,
    json: AsJson = False,
) -> None:
    """列出题库里的试题，最好的在前。

    例：studytool items --kind cloze --top 20        studytool items --find 京津冀
    """
    from studytool.exports.jsonl import item_json
    from studytool.store import items as store
    from studytool.views import items as views

    chosen = item_filter(kind, source, article, tag, find)
    with console.open_bank(context) as bank:
        found = store.in_portions(bank, chosen, top)
        if json:
            console.show_json_list(item_json(item) for portion in found for item in portion)
        else:
            console.show_portions(found, views.listing, views.total)


def verify(context: typer.Context, json: AsJson = False) -> None:
    """在原文件里逐字重新找到每道题的依据；有找不到的，退出码为 1。

    例：studytool verify        studytool verify --json
    """
    from studytool import verification
    from studytool.store import items as store

    with console.open_bank(context) as bank:
        result = verification.verify(store.evidence(bank), bank)
    if json:
        failed = [{"id": item_id, "reason": reason} for item_id, reason in result.failed]
        console.show_json({"checked": result.checked, "failed": failed})
    else:
        for item_id, reason in result.failed:
            console.tell(f"{item_id}：{reason}")
        console.tell(f"核对 {result.checked} 处依据，{len(result.failed)} 处找不到。")
    if result.failed:
        raise typer.Exit(1)
