"""TOML that somebody wrote -> its tables; or ValueError, which says what is wrong with it.

The surprising decision: keys are looked at before the parser sees them. A key of twenty thousand parts
(a.a.a.…) is forty kilobytes, and would take it gigabytes.
"""

from __future__ import annotations

import re
from typing import Any

MOST_PARTS = 32  # of a key; ours have three
_PART = r"""(?:"(?:[^"\\\n]|\\.)*+"?|'[^'\n]*+'?|[\w-]++)"""
_DOT = r"[ \t]*+\.[ \t]*+"
# A comment, a value, or a key; group 1 is there where it has too many parts.
_KEY = re.compile(rf"\#.*+|{_PART}(?:{_DOT}{_PART}){{0,{MOST_PARTS - 1}}}+({_DOT}{_PART})?+", re.ASCII)


def parsed(text: str) -> dict[str, Any]:
    """The tables of a TOML file. Raises ValueError."""
    import tomllib  # noqa: PLC0415 - most people have no such file, and a question waits for this

    for number, line in enumerate(text.split("\n"), 1):
        if line.count(".") >= MOST_PARTS and any(found[1] for found in _KEY.finditer(line)):
            raise ValueError(f"第 {number} 行的键多于 {MOST_PARTS} 段")
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ValueError(_in_chinese(str(error), text)) from None
    except RecursionError:
        raise ValueError("嵌套太深") from None
    except ValueError:  # Python reads no number of more than some thousand digits
        raise ValueError("有一个数太长") from None


# What the parser says is wrong -> the same in Chinese. Ordered: the first that is found decides.
_WRONG = (
    ("Expected '=' after a key", "键的后面要有 ="),
    ("Invalid initial character for a key", "键的第一个字不对；键里有汉字或空格的，要放在引号里"),
    ("Invalid value", '值写得不对；文字要放在英文引号里，如 "我"'),
    ("Cannot overwrite a value", "同一个键写了两次"),
    ("Cannot declare", "同一个表写了两次"),
    ("Unterminated string", "引号没有写完"),
    ("Illegal character", "引号里有不能用的字，或者引号没有写完"),
    ("Unescaped '\\' in a string", "引号里的 \\ 要写成 \\\\"),
    ("Invalid hex value", "引号里的 \\ 要写成 \\\\"),
    ("Expected newline or end of document", "值的后面多了东西"),
    ("Unclosed array", "[ 没有写完"),
    ("Unclosed inline table", "{ 没有写完"),
    ("Expected ']'", "少了 ]"),
    ("Invalid date or datetime", "没有这一天"),
    ("Invalid statement", "看不懂；应写成 名称 = 值，名称里有汉字的放在引号里"),
)
_PLACE = re.compile(r"\(at line (\d+), column (\d+)\)")


def _in_chinese(message: str, text: str) -> str:
    """What the parser says, with the line it says it of; what is wrong at the end, it says of no line."""
    what = next((said for begins, said in _WRONG if begins in message), "写法不对")
    place = _PLACE.search(message)
    if place:
        return f"第 {place[1]} 行第 {place[2]} 个字：{what}"
    return f"第 {text.rstrip().count(chr(10)) + 1} 行：{what}"
