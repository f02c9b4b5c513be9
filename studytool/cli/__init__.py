"""The command line: options in, one call, one view out. Only this package prints and knows the time.

Commands import what they need when they run, so that `--help` loads no tokenizer, database or typesetter.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import Annotated

import typer
from typer.core import TyperCommand
from typer.exceptions import TyperException

from studytool import __version__
from studytool.cli import (
    articles,
    bank,
    build,
    cards,
    care,
    challenge,
    check,
    decks,
    exam,
    explain,
    export,
    greet,
    group,
    handout,
    importing,
    mistakes,
    optimize,
    quiz,
    review,
    settings,
    sheet,
    stats,
    withdraw,
)
from studytool.cli.console import complain, prepare_streams
from studytool.errors import StudyError

app = typer.Typer(
    no_args_is_help=False,
    invoke_without_command=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

# name -> command, in the order of use; the help lists them so.
COMMANDS: dict[str, Callable[..., None]] = {
    "build": build.build,
    "quiz": quiz.quiz,
    "exam": exam.exam,
    "challenge": challenge.challenge,
    "mistakes": mistakes.mistakes,
    "cards": cards.cards,
    "stats": stats.stats,
    "review": review.review,
    "import": importing.import_bank,
    "withdraw": withdraw.withdraw,
    "export": export.export,
    "decks": decks.decks,
    "sheet": sheet.sheet,
    "handout": handout.handout,
    "report": group.report,
    "group": group.group,
    "articles": articles.articles,
    "check": check.check,
    "items": bank.items,
    "explain": explain.explain,
    "verify": bank.verify,
    "optimize": optimize.optimize,
    "backup": care.backup,
    "restore": care.restore,
    "doctor": care.doctor,
    "settings": settings.settings,
}
# Commands that have a second one under their name.
CLASSES: dict[str, type[TyperCommand]] = {"sheet": sheet.SheetCommand, "articles": articles.ArticlesCommand}
for _name, _command in COMMANDS.items():
    app.command(_name, cls=CLASSES.get(_name))(_command)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"studytool {__version__}")
        raise typer.Exit


@app.callback()
def root(
    context: typer.Context,
    db: Annotated[
        str | None,
        typer.Option(envvar="STUDYTOOL_DB", metavar="FILE", help="题库文件；默认在用户数据文件夹。"),
    ] = None,
    _version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="显示版本。")
    ] = False,
) -> None:
    """把党政文献变成信得过的试题：出题、答题、Anki 卡组、打印试卷。"""
    context.obj = db
    if context.invoked_subcommand is None:
        greet.greet(context)


def main() -> None:
    """Run the command line; every error a person can mend is one line, and ends here."""
    prepare_streams()
    try:
        status = app(standalone_mode=False)
    except StudyError as error:
        complain(str(error))
        sys.exit(error.exit_code)
    except TyperException as error:
        complain(f"{error.format_message()} 用 studytool --help 查看用法。")
        sys.exit(error.exit_code)
    except (typer.Abort, KeyboardInterrupt):
        complain("已中断；此前完成的都已保存。")
        sys.exit(130)
    except BrokenPipeError:
        # The reader has gone (`| head`): nothing is left to say, and Python must not try at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    sys.exit(status if isinstance(status, int) else 0)
