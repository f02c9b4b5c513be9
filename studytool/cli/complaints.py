"""What typer says of a call, in English -> the same for the learner's screen, with where the usage stands.

What the table does not know stays as it is: half a line that is understood is better than none.
"""

from __future__ import annotations

import re

USAGE = "用 studytool --help 查看用法。"

# Ordered: the first that fits the whole message decides.
_SAID: tuple[tuple[str, str], ...] = (
    (r"No such command '(.*?)'\.(?: Did you mean (.*)\?)?", "没有“{0}”这个命令{1}"),
    (r"No such option: (-[^-\s])(?: .*)?", "没有 {0} 这个选项，文件名以 - 开头的请写成 ./{0}…"),
    (r"No such option: (\S+)(?: Did you mean (.*)\?| \(Possible options: (.*)\))?", "没有 {0} 这个选项{1}"),
    (r"Missing argument '(.*?)'\.?", "还要写明 {0}"),
    (r"Missing option '(.*?)'\.?", "还要写明 {0}"),
    (
        r"Got unexpected extra arguments?(?:\(s\))? \((.*)\)",
        "多了“{0}”，不知道是什么：请去掉，有空格的请加引号",
    ),
    (r"Option '(.*?)' requires (\d+) arguments\.", "{0} 后面要写 {1} 个值"),
    (r"Option '(.*?)' requires an argument\.", "{0} 后面要写值"),
    (r"Option '(.*?)' does not take a value\.", "{0} 后面不写值"),
    (r"Invalid value for '(.*?)': (.*)", "{0} 的值不对：{1}"),
)
# What is wrong with a value.
_WRONG: tuple[tuple[str, str], ...] = (
    (r"Input should be greater than or equal to (.*)", "最小是 {0}"),
    (r"Input should be less than or equal to (.*)", "最大是 {0}"),
    (r"Unable to parse input string as an integer, exceeded.*", "数太大"),
    (r"Input should be a valid integer.*", "应是整数"),
    (r"Input should be a valid number.*|Input should be a finite number.*", "应是数"),
    (r"(?:Value error, )?'(.*)' does not match the formats? .*", "“{0}”不是日期，应写成 2026-11-21 这样"),
    (r"(?:Value error, )?'(.*)' is not one of (.*)\.", "没有“{0}”，可用的有 {1}"),
)


def in_chinese(message: str) -> str:
    """One line: what is wrong with the call, and the remedy."""
    flat = " ".join(message.split())
    said = _first(_SAID, flat)
    return f"{flat} {USAGE}" if said is None else f"{said}；{USAGE}"


def _first(table: tuple[tuple[str, str], ...], message: str) -> str | None:
    for pattern, template in table:
        found = re.fullmatch(pattern, message)
        if found:
            return template.format(*_parts(table, found))
    return None


def _parts(table: tuple[tuple[str, str], ...], found: re.Match[str]) -> list[str]:
    """What goes into the template: of `_SAID` the second piece is a message too, or names that were meant."""
    parts = [part or "" for part in (*found.groups(), "", "")]
    if table is not _SAID:
        return [parts[0], "、".join(re.findall("'(.*?)'", parts[1]))]
    if parts[1].isdecimal():
        return parts
    meant = re.findall("'(.*?)'", parts[1])
    if found[0].startswith("Invalid"):
        return [parts[0], _first(_WRONG, parts[1]) or parts[1]]
    return [parts[0], f"，是不是 {'、'.join(meant)}" if meant else ""]
