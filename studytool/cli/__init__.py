"""The command line: options in, one call, one view out. Only this package prints and knows the time.

A command's module is loaded when it is called: `--help` is printed from the table below and loads none of
them. Commands in turn import what they need when they run.
"""

from __future__ import annotations

import errno
import gc
import os
import signal
import stat
import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from typing import Annotated, Any, NamedTuple, TextIO

import typer
from typer.core import TyperGroup
from typer.exceptions import TyperException

from studytool import __version__
from studytool.cli.console import blame_damage, complain, lead_nowhere, prepare_clock, prepare_streams
from studytool.cli.parameters import Command, lightened
from studytool.errors import FULL, StudyError, WorkFailed


class Listed(NamedTuple):
    """A command as the help lists it; `place` is its module and function, its class if it has its own."""

    place: str
    says: str
    kind: str = ""


# name -> command, in the order of use; the help lists them so. A command's own help is its docstring.
COMMANDS: dict[str, Listed] = {
    "build": Listed("build:build", "读入文献，找出知识点，生成试题，存进题库。"),
    "quiz": Listed("quiz:quiz", "答题：先复习到期的，再学新题；答一题存一题。"),
    "exam": Listed("exam:exam", "考试：限时答一份卷，交卷后才判分；中断了可以接着做。"),
    "challenge": Listed("challenge:challenge", "挑战：三次机会，越答越难，看能答对几题。"),
    "mistakes": Listed("mistakes:mistakes", "错题本：错过哪些题、各错几次；练习、打印。"),
    "cards": Listed("cards:cards", "翻看、查找题目：记得怎样、何时再来。"),
    "stats": Listed("stats:stats", "题库和学习的统计。"),
    "review": Listed("review:review", "逐题审定、修改、停用。"),
    "import": Listed("importing:import_bank", "导入别的题库，或把在 Anki 里学的、改的收回来。"),
    "withdraw": Listed("withdraw:withdraw", "撤回一个文件：它的题停用。"),
    "export": Listed("export:export", "把试题导出成别的程序能读的文件。"),
    "decks": Listed("decks:decks", "按文件夹里的每个配方各做一副 Anki 卡组。"),
    "sheet": Listed("sheet:sheet", "印试卷，附答案；批改：studytool sheet grade。", "sheet:SheetCommand"),
    "handout": Listed("handout:handout", "印学习要点，或一篇文章的填空练习。"),
    "report": Listed("group:report", "把自己的学习情况写成文件，交给学习小组。"),
    "group": Listed("group:group", "学习小组：谁学了、各篇记住了多少、下次讨论什么。"),
    "articles": Listed("articles:articles", "列出还原出的文章，看全文，更正。", "articles:ArticlesCommand"),
    "check": Listed("check:check", "列出存疑之处：识别错误、断句未接上、数值相互矛盾等。"),
    "items": Listed("bank:items", "列出题库里的试题，最好的在前。"),
    "explain": Listed("explain:explain", "逐行读入句子，指出每句值得考的词。"),
    "verify": Listed("bank:verify", "在原文件里逐字重新找到每道题的依据。"),
    "optimize": Listed("optimize:optimize", "按你的复习记录拟合记忆参数。"),
    "backup": Listed("care:backup", "立即备份题库；平时每天自动备份一次。"),
    "restore": Listed("care:restore", "用一份备份恢复题库。"),
    "doctor": Listed("care:doctor", "检查题库有没有损坏；加 --repair 修复。"),
    "settings": Listed("settings:settings", "显示设置：文件在哪里，现在各是什么。"),
}
INTERRUPTED = 130  # the exit code of Ctrl-C; typer gives it, and says nothing
GONE = (errno.EPIPE,)  # the reader has gone (`| head`), which is no error
TOO_MANY = (errno.EMFILE, errno.ENFILE)  # files open, by this program or by all
# Python looks for garbage after each 700 new objects. What is loaded and read is none, and to look through it
# so often takes a tenth of every call.
OBJECTS_BETWEEN_LOOKS = 50_000
PLAIN: Any = None  # no panels: drawing them takes longer than all the rest of the help


class Commands(TyperGroup):
    """The commands of the table, each loaded when it is called."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        # their names alone, from which one is suggested for a slip of the pen
        self.commands: Any = dict.fromkeys(COMMANDS)

    def get_params(self, ctx: Any) -> Any:
        return lightened(super().get_params(ctx))

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002 - typer calls it so
        return _loaded(cmd_name) if cmd_name in COMMANDS else None

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl([(name, command.says) for name, command in COMMANDS.items()])


def _loaded(name: str) -> Any:
    alone = typer.Typer(add_completion=False)
    command = COMMANDS[name]
    alone.command(name, cls=_named(command.kind) if command.kind else Command)(_named(command.place))
    return typer.main.get_command(alone)


def _named(place: str) -> Any:
    module, _, name = place.partition(":")
    return getattr(import_module(f"studytool.cli.{module}"), name)


app = typer.Typer(
    cls=Commands,
    no_args_is_help=False,
    invoke_without_command=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=PLAIN,
    context_settings={"help_option_names": ["-h", "--help"]},
)


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
        from studytool.cli.greet import greet

        greet(context)


def main() -> None:
    """Run the command line; every error a person can mend is one line, and ends here."""
    gc.set_threshold(OBJECTS_BETWEEN_LOOKS)
    prepare_streams()
    prepare_clock()
    end_in_order()
    try:
        _check_arguments(sys.argv)
        status = _status()
        sys.stdout.flush()  # what cannot be written must be known here, not at the end of Python
    except StudyError as error:
        complain(str(error))
        sys.exit(error.exit_code)
    except TyperException as error:
        from studytool.cli.complaints import in_chinese

        complain(in_chinese(error.format_message()))
        sys.exit(error.exit_code)
    except (typer.Abort, KeyboardInterrupt):
        status = INTERRUPTED
    except FileNotFoundError as error:
        if error.filename is not None:  # the system names no file where it is the current folder that is gone
            raise
        complain("当前文件夹已不存在：请 cd 到别的文件夹再试")
        sys.exit(StudyError.exit_code)
    except OSError as error:
        status = _cut_off(error)
    except MemoryError:
        complain("内存不够，没有做完；此前完成的都已保存：请关掉别的程序，或分批处理、加 --jobs 1 再试")
        sys.exit(WorkFailed.exit_code)
    if status == INTERRUPTED:
        _end_workers()
        complain("已中断；此前完成的都已保存。")
    sys.exit(status if isinstance(status, int) else 0)


def end_in_order() -> None:
    """Let a machine that goes down end any command as Ctrl-C does: what was begun is taken back, what lies
    meanwhile in a folder of its own goes."""
    with suppress(ValueError):  # not in the first thread
        if signal.getsignal(signal.SIGTERM) is signal.SIG_DFL:
            signal.signal(signal.SIGTERM, signal.default_int_handler)


def _end_workers() -> None:
    """Nobody waits for what they were making; Python would, at its end, for some that wait for each other."""
    if multiprocessing := sys.modules.get("multiprocessing"):
        for worker in multiprocessing.active_children():
            worker.kill()


def _status() -> object:
    """Run the command. What looks like a bug is none where a damaged bank is to blame."""
    try:
        return app(standalone_mode=False)
    except (StudyError, TyperException, typer.Abort, typer.Exit, OSError, MemoryError):
        raise
    except ImportError as error:  # a library the system cannot map into memory
        if "allocate" in str(error) or "failed to map" in str(error):
            raise MemoryError from error
        raise
    except SystemExit as end:  # typer's own, as of a failure, where the reader of the output has gone
        if isinstance(end.__context__, OSError):
            raise end.__context__ from None
        raise
    except Exception:
        blame_damage()
        raise


def _check_arguments(words: Sequence[str]) -> None:
    """Raises StudyError for bytes that are no text: nothing could keep, find or print them."""
    for word in words:
        try:
            word.encode()
        except UnicodeEncodeError:
            raise StudyError(_said_of(os.fsencode(word))) from None


def _said_of(word: bytes) -> str:
    """Why Python could not read a word of the call: it is none, or the system was told not to read it."""
    try:
        shown = word.decode()
    except UnicodeDecodeError:
        shown = word.decode(errors="replace")
        return f"“{shown}”不是 UTF-8 文字（文件名多半是 GBK 的）：请改名再试"
    # It could be decoded here, but a file of this name could be neither opened nor found in its folder.
    return f"系统的语言环境读不了“{shown}”：请先设 LC_ALL=C.UTF-8（并去掉 PYTHONUTF8=0）再试"


# What a name or its folder is to blame for, wherever it comes up. A name may become too long only by what is
# added to it (-key, -troubles).
_OF_A_NAME = {
    errno.ENAMETOOLONG: "{}：文件名太长，请改短再试",
    errno.EACCES: "{}：没有权限，没有做完；此前完成的都已保存：请检查文件夹的权限，或换一处",
}


def _cut_off(error: OSError) -> int:
    """The exit code where output could not be written to its end; any other error of the machine is a bug."""
    if error.errno in TOO_MANY:
        complain(
            "同时打开的文件太多，没有做完；此前完成的都已保存：请关掉别的程序，或用 ulimit -n 提高上限再试"
        )
        return WorkFailed.exit_code
    if error.filename is not None and error.errno in _OF_A_NAME:
        complain(_OF_A_NAME[error.errno].format(os.fsdecode(error.filename)))
        return StudyError.exit_code
    hung_up = error.errno == errno.EIO and error.filename is None and _is_hung_up(sys.stdout)
    if error.errno not in (*GONE, *FULL) and not hung_up:
        raise error
    lead_nowhere(sys.stdout)
    if hung_up:
        return INTERRUPTED
    if error.errno in GONE:
        return 0
    complain(f"没有写完（{error.strerror}），此前的都已保存：请检查磁盘空间")
    return WorkFailed.exit_code


def _is_hung_up(stream: TextIO) -> bool:
    """Is it a terminal that is no longer there: a window that was closed?"""
    status = os.fstat(stream.fileno())
    nowhere = status.st_rdev == os.stat(os.devnull).st_rdev  # noqa: PTH116 - as above
    return stat.S_ISCHR(status.st_mode) and not nowhere and not os.isatty(stream.fileno())
