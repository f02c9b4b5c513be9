"""A command's parameters -> the same, checking only those values that can be wrong.

typer checks each value with pydantic, also that nothing was said and that a text is a text. Loading pydantic
takes longer than all the rest up to the first question of a quiz.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

from typer.core import TyperCommand

from studytool.errors import StudyError


class Command(TyperCommand):
    """What every command of ours is."""

    def get_params(self, ctx: Any) -> Any:
        return lightened(super().get_params(ctx))


def lightened(parameters: Iterable[Any]) -> list[Any]:
    """The parameters of a command, each letting pass what is right as it is."""
    found = list(parameters)
    for parameter in found:
        parameter.help = _OWN_HELP.get(parameter.help, parameter.help)
        parameter.process_value = partial(_processed, parameter)
    return found


_OWN_HELP = {  # of the parameters that are typer's own
    "Show this message and exit.": "显示这份说明。",
    "Install completion for the current shell.": "给现在用的 shell 装上自动补全。",
    "Show completion for the current shell, to copy it or customize the installation.": (
        "显示自动补全的脚本，供复制或修改。"
    ),
}


def _processed(parameter: Any, context: Any, value: Any) -> Any:
    _refuse_empty(parameter, value)
    if not _is_right(parameter, value):
        return type(parameter).process_value(parameter, context, value)
    value = list(value) if isinstance(value, tuple) else value
    return parameter.callback(context, parameter, value) if parameter.callback else value


def _refuse_empty(parameter: Any, value: Any) -> None:
    """A text of nothing is a slip, mostly a variable of the shell that is not set: taken as a folder it is
    the current one, and as a part of a name it is in every name."""
    if "" in (value if isinstance(value, list | tuple) else (value,)):
        is_option = parameter.param_type_name == "option"
        name = max(parameter.opts, key=len) if is_option else parameter.metavar.strip("[]")
        raise StudyError(f"{name} 是空的：请写上内容，或去掉它")


def _is_right(parameter: Any, value: Any) -> bool:
    """Is it nothing, where that is allowed, a text, where any text is, or a number, which only a default is
    before it has been checked?"""
    wanted = parameter.type_descriptor.annotation
    if value is None:
        return not parameter.required
    if wanted == list[str]:
        return isinstance(value, list | tuple) and bool(value) and {*map(type, value)} == {str}
    return wanted in (str, int, float) and type(value) is wanted
