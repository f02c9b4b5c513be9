"""A command's parameters -> the same, checking only those values that can be wrong.

typer checks each value with pydantic, also that nothing was said and that a text is a text. Loading pydantic
takes longer than all the rest up to the first question of a quiz.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

from typer.core import TyperCommand


class Command(TyperCommand):
    """What every command of ours is."""

    def get_params(self, ctx: Any) -> Any:
        return lightened(super().get_params(ctx))


def lightened(parameters: Iterable[Any]) -> list[Any]:
    """The parameters of a command, each letting pass what is right as it is."""
    found = list(parameters)
    for parameter in found:
        parameter.process_value = partial(_processed, parameter)
    return found


def _processed(parameter: Any, context: Any, value: Any) -> Any:
    if not _is_right(parameter, value):
        return type(parameter).process_value(parameter, context, value)
    value = list(value) if isinstance(value, tuple) else value
    return parameter.callback(context, parameter, value) if parameter.callback else value


def _is_right(parameter: Any, value: Any) -> bool:
    """Is it nothing, where that is allowed, a text, where any text is, or a number, which only a default is
    before it has been checked?"""
    wanted = parameter.type_descriptor.annotation
    if value is None:
        return not parameter.required
    if wanted == list[str]:
        return isinstance(value, list | tuple) and bool(value) and {*map(type, value)} == {str}
    return wanted in (str, int, float) and type(value) is wanted
