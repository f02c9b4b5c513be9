"""`studytool stats`: how the learning goes, on the screen, as JSON or as a page."""

from __future__ import annotations

from typing import Annotated

import typer

from studytool.cli import console
from studytool.cli.options import check_suffix, refuse_two
from studytool.cli.settings import Learner, load, tell_if_unknown


def stats(
    context: typer.Context,
    learner: Learner = None,
    html: Annotated[
        str | None, typer.Option("--html", metavar="FILE", help="写成一个带图表的网页文件；- 为标准输出。")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="输出一个 JSON 文档。")] = False,
) -> None:
    """题库和学习的统计：今天、连续天数、一年的日历、今后要复习的、记得怎样、哪些最难。

    例：studytool stats        studytool stats --html 学习情况.html
    """
    from studytool.store import figures
    from studytool.views import stats as views

    refuse_two(html=html, json=json)
    check_suffix(html, ".html")
    now = console.now()
    with console.open_bank(context) as bank:
        tell_if_unknown(bank, learner)
        bank_figures = figures.bank_figures(bank)
        learned = figures.learner_figures(bank, learner or load().learner, now)
    if json:
        console.show_json(views.as_json(bank_figures, learned, now))
    elif html:
        from studytool.exports import files
        from studytool.views.stats_page import page

        made = page(bank_figures, learned, now).encode()
        if html == "-":
            console.hand_over(made)
            return
        files.write(html, made, private=True)
        console.tell(f"已写好 {html}")
    else:
        console.show(views.screen(bank_figures, learned, now))
