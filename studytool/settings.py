"""The settings file (TOML) -> Settings. Reading the file is the command line's business; this is pure.

Unknown names are errors: a misspelt setting that did nothing would be looked for in vain.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import Any

from studytool import toml
from studytool.errors import StudyError
from studytool.limits import MOST_MINUTES

JOINERS = "\u200c\u200d"  # which make another sign of those beside them


@dataclass(frozen=True, slots=True)
class Settings:
    """What a person may decide once for all; the options of a command go before it."""

    learner: str = "我"
    count: int = 10
    new_per_day: int = 20
    desired_retention: float = 0.9
    maximum_interval: int = 36_500
    boxes: bool = False
    exam_count: int = 20
    exam_minutes: float = 30.0
    pass_percent: float = 60.0


def name_of(typed: str) -> str:
    """A learner's name as one sees it: two that differ by what nobody sees would be two memories."""
    kinds = ((character, unicodedata.category(character)) for character in typed)
    seen = (
        " " if kind == "Cc" else character
        for character, kind in kinds
        if kind != "Cf" or character in JOINERS
    )
    return "".join(seen).strip()


# name -> (is the value right?, what it must be); the type is that of the default.
RULES: dict[str, tuple[Callable[[Any], bool], str]] = {
    "learner": (lambda name: bool(name_of(name)), "不空的文字"),
    "count": (lambda n: 1 <= n <= 1000, "1 到 1000 的整数"),
    "new_per_day": (lambda n: 0 <= n <= 9999, "0 到 9999 的整数"),
    "desired_retention": (lambda n: 0.7 <= n <= 0.99, "0.7 到 0.99 的小数"),
    "maximum_interval": (lambda n: 1 <= n <= 36_500, "1 到 36500 的整数"),
    "boxes": (lambda _: True, "true 或 false"),
    "exam_count": (lambda n: 1 <= n <= 500, "1 到 500 的整数"),
    "exam_minutes": (lambda n: 0 < n <= MOST_MINUTES, f"大于 0 的分钟数，至多 {MOST_MINUTES}"),
    "pass_percent": (lambda n: 0 <= n <= 100, "0 到 100 的数"),
}

# name -> what it is, for the learner's screen and the file that `--init` writes.
MEANINGS = {
    "learner": "不写 --learner 时，记在谁的名下",
    "count": "quiz 一次最多几题",
    "new_per_day": "每天最多几道新题",
    "desired_retention": "希望到期时还记得多少（0.7–0.99）：越高，复习越勤",
    "maximum_interval": "两次复习最多隔多少天",
    "boxes": "填空题的空改为一字一格，如 □□□",
    "exam_count": "exam 一份试卷几题",
    "exam_minutes": "exam 限时几分钟",
    "pass_percent": "exam 得到总分的百分之几算及格",
}


def written(value: object) -> str:
    """A value as it stands in the file."""
    if isinstance(value, bool):
        return str(value).lower()
    return f'"{value}"' if isinstance(value, str) else f"{value:g}"


def _line(name: str, value: object) -> str:
    said = f"# {name} = {written(value)}"
    wide = sum(not character.isascii() for character in said)  # each takes two columns
    return f"{said:<{27 - wide}} # {MEANINGS[name]}"


TEMPLATE = "\n".join(
    (
        "# studytool 的设置。去掉行首的 # 即生效；命令行上的选项优先于这里。",
        "",
        *(_line(field.name, field.default) for field in fields(Settings)),
        "",
    )
)


def parse(name: str, text: str) -> Settings:
    """The settings that `text`, the content of the file `name`, describes. Raises StudyError."""
    try:
        table = toml.parsed(text)
    except ValueError as error:
        raise StudyError(f"设置文件 {name} 不是有效的 TOML：{error}；请改正后再试") from error
    known = {field.name: field.default for field in fields(Settings)}
    for key in table:
        if key not in known:
            raise StudyError(f"设置文件 {name} 里不认识“{key}”：可用的有 {'、'.join(known)}")
    said = {key: _value(name, key, value, known[key]) for key, value in table.items()}
    return Settings(**said)  # type: ignore[arg-type]


def _value(name: str, key: str, value: object, default: object) -> object:
    right, wanted = RULES[key]
    whole = type(default) is float and type(value) is int
    if not (whole or type(value) is type(default)) or not right(value):
        gap = " " if wanted[0].isascii() else ""
        raise StudyError(f"设置文件 {name} 的 {key} 应当是{gap}{wanted}")
    if isinstance(value, str):
        return name_of(value)
    return float(value) if whole else value  # type: ignore[arg-type] # a number larger than any float is not right
