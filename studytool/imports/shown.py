"""A cell's value and its number format -> the text that people saw in the cell.

The surprising decision: where a format says more than is understood here (fractions, Chinese numerals, days
of the week), Unshown is raised and nothing is guessed: an answer in another form may be another answer.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple


class Unshown(ValueError):
    """A value of which nobody can tell from here how it was shown; the message says why."""


Moment = date | time | timedelta

# Formats of Chinese Excel that have a number and no code; openpyxl knows the American ones only.
CHINESE = {
    **dict.fromkeys((27, 36, 50, 52, 57), 'yyyy"年"m"月"'),
    **dict.fromkeys((28, 29, 51, 53, 54, 58), 'm"月"d"日"'),
    31: 'yyyy"年"m"月"d"日"',
    32: 'h"时"mm"分"',
    33: 'h"时"mm"分"ss"秒"',
    **dict.fromkeys((34, 55), '上午/下午h"时"mm"分"'),
    **dict.fromkeys((35, 56), '上午/下午h"时"mm"分"ss"秒"'),
}
WHOLE_DAY = 'yyyy"年"m"月"d"日"'
# Codes that every computer shows in its own way.
_LOCAL = {
    "General": WHOLE_DAY,
    "mm-dd-yy": WHOLE_DAY,
    "m/d/yy h:mm": f"{WHOLE_DAY} h:mm",
}
_SYSTEM_DAY, _SYSTEM_TIME = "[$-F800]", "[$-F400]"
_SECTION = re.compile(r'((?:"[^"]*"|\\.|\[[^\]]*\]|[^;"\\\[]|["\\\[])*?)(?:;|$)', re.DOTALL)
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|_.|\*.|\[(?P<bracket>[^\]]*)\]|(?P<general>General)'
    r"|(?P<digits>[0#?][0#?,]*(?:\.[0#?]*,*)?|\.[0#?]+,*)|(?P<other>.)",
    re.DOTALL,
)
_CURRENCY = re.compile(r"\$([^-]*)(?:-[0-9A-Fa-f]+)?")
_COLOURS = {"black", "blue", "cyan", "green", "magenta", "red", "white", "yellow"}
_PART = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|_.|\*.|\[(?P<elapsed>[hH]+|[mM]+|[sS]+)\]|\[(?P<bracket>[^\]]*)\]'
    r"|(?P<noon>AM/PM|am/pm|上午/下午)|(?P<run>[yY]+|[mM]+|[dD]+|[hH]+|[sS]+)|(?P<other>.)",
    re.DOTALL,
)
_WRITTEN = re.compile("_x([0-9A-Fa-f]{4})_")
_MOST_DIGITS = 10**15  # Excel keeps no more of a number
_PLAIN_PERCENT = "0.00%"  # what Excel gives to whatever is typed as 62.8%


def shown(value: object, code: str) -> str:
    """The text of a cell that holds `value` in the number format `code`. Raises Unshown."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return _number(value, code)
    if isinstance(value, date | time | timedelta):
        return _moment(value, code)
    return _text(str(value))


def _text(text: str) -> str:
    """A text as its cell shows it: its file writes a control character as `_x000D_`."""
    plain = _WRITTEN.sub(_character, text) if "_x" in text else text
    return plain.replace("\r\n", "\n").replace("\r", "\n")


def _character(found: re.Match[str]) -> str:
    character = chr(int(found[1], 16))
    return character if character.isprintable() or character in "\t\r\n" else ""


def _sections(code: str) -> list[str]:
    """The parts for numbers above, below and at zero."""
    found = [match[1] for match in _SECTION.finditer(code)]
    return found[:-1] if len(found) > 1 and not found[-1] else found


# ---- numbers --------------------------------------------------------------------------------------


class _Digits(NamedTuple):
    """How the digits stand: fewest before the point, fewest and most behind it; in groups; by thousands."""

    whole: int
    fewest: int
    most: int
    grouped: bool
    thousands: int


def _number(value: float, code: str) -> str:
    if code in ("General", "@", ""):
        return _general(value)
    sections = _sections(code)
    if value < 0 and len(sections) > 1:
        return _in_section(-value, sections[1])
    if value == 0 and len(sections) > 2:
        return _in_section(value, sections[2])
    text = _in_section(abs(value), sections[0])
    if code == _PLAIN_PERCENT:
        text = re.sub(r"\.?0+%", "%", text)
    return f"-{text}" if value < 0 and re.search("[1-9]", text) else text


def _general(value: float) -> str:
    if abs(value) >= _MOST_DIGITS:
        raise Unshown("数字太长，Excel 没有存全")
    if float(value).is_integer():
        return str(int(value))
    text = f"{value:.15g}"
    if "e" in text:
        raise Unshown("数字太小，看不出显示的样子")
    return text


def _in_section(value: float, section: str) -> str:
    tokens = [match for match in _TOKEN.finditer(section) if match[0][0] not in "_*"]
    runs = [match["digits"] for match in tokens if match["digits"]]
    if len(runs) > 1:
        raise Unshown("数字中间夹有别的符号")
    percents = sum(match["other"] == "%" for match in tokens)
    number = Decimal(repr(value)) * 100**percents
    return "".join(_piece(match, number, section) for match in tokens).strip()


def _piece(match: re.Match[str], number: Decimal, section: str) -> str:
    """What one token of a section shows."""
    if match["digits"]:
        return _placed(number, _digits(match["digits"]))
    if match["general"]:
        return _general(float(number))
    if match["bracket"] is not None:
        return _bracketed(match["bracket"])
    literal = match["quoted"] or match["escaped"] or match["other"] or ""
    if match["other"] and (literal == "/" or (literal.isascii() and literal.isalpha())):
        raise Unshown(f"数字格式“{section}”读不懂")
    return literal


def _bracketed(text: str) -> str:
    currency = _CURRENCY.fullmatch(text)
    if currency:
        return currency[1]
    if text.lower() in _COLOURS or re.fullmatch(r"(?i)color\s*\d+", text):
        return ""
    raise Unshown(f"数字格式里的“[{text}]”读不懂")


def _digits(pattern: str) -> _Digits:
    whole, _, behind = pattern.partition(".")
    bare, most = whole.rstrip(","), len(behind.rstrip(","))
    thousands = len(whole) - len(bare) + len(behind) - most
    return _Digits(bare.count("0"), behind.count("0"), most, "," in bare, thousands)


def _placed(number: Decimal, digits: _Digits) -> str:
    """The number with its digits as the pattern says, rounded as Excel rounds."""
    number /= 1000**digits.thousands
    rounded = number.quantize(Decimal(1).scaleb(-digits.most), ROUND_HALF_UP)
    whole, _, behind = f"{rounded:f}".partition(".")
    whole = whole.lstrip("0").rjust(digits.whole, "0")
    if digits.grouped:
        whole = re.sub(r"(?<=\d)(?=(?:\d{3})+$)", ",", whole)
    while len(behind) > digits.fewest and behind.endswith("0"):
        behind = behind[:-1]
    return f"{whole}.{behind}" if behind else whole


# ---- days and times -------------------------------------------------------------------------------


def is_whole_day(value: object) -> bool:
    """Whether the value is a day and no time of it."""
    return isinstance(value, date) and not (isinstance(value, datetime) and value.time() != time())


def _moment(value: Moment, code: str) -> str:
    if _SYSTEM_DAY in code:
        code = WHOLE_DAY
    elif _SYSTEM_TIME in code:
        code = "h:mm:ss"
    section = _sections(_local(value, code))[0]
    parts = [match for match in _PART.finditer(section) if match[0][0] not in "_*"]
    runs = [(match["run"] or match["elapsed"] or "").lower() for match in parts]
    twelve = any(match["noon"] for match in parts)
    minutes = _minutes(runs)
    if not any(runs):
        raise Unshown(f"日期格式“{code}”读不懂")
    return "".join(
        _shown_part(match, value, is_minute=place in minutes, twelve=twelve)
        for place, match in enumerate(parts)
    ).strip()


def _local(value: Moment, code: str) -> str:
    """The code, or what stands for those that each computer shows in its own way."""
    if isinstance(value, time | timedelta):
        return "h:mm" if code == "General" else code
    return f"{WHOLE_DAY} h:mm" if code == "General" and not is_whole_day(value) else _LOCAL.get(code, code)


def _minutes(runs: Sequence[str]) -> set[int]:
    """Which of the runs of m are minutes: those behind hours or before seconds."""
    places = [place for place, run in enumerate(runs) if run]
    found = set()
    for before, place, after in zip([None, *places], places, [*places[1:], None], strict=False):
        beside_hour = before is not None and runs[before][0] == "h"
        beside_second = after is not None and runs[after][0] == "s"
        if runs[place][0] == "m" and (beside_hour or beside_second):
            found.add(place)
    return found


def _shown_part(match: re.Match[str], value: Moment, *, is_minute: bool, twelve: bool) -> str:
    if match["elapsed"]:
        return _elapsed(match["elapsed"].lower(), value)
    if match["noon"]:
        first, second = match["noon"].split("/")
        return second if _clock(value)[0] >= 12 else first
    if match["run"]:
        return _run(match["run"].lower(), value, is_minute=is_minute, twelve=twelve)
    if match["bracket"] is not None:
        return _bracketed(match["bracket"])
    literal = match["quoted"] or match["escaped"] or match["other"] or ""
    if match["other"] and ((literal.isascii() and literal.isalnum()) or literal in ".@#?"):
        raise Unshown(f"日期格式里的“{literal}”读不懂")
    return literal


def _run(run: str, value: Moment, *, is_minute: bool, twelve: bool) -> str:
    """Years, months, days, hours, minutes or seconds, with as many digits as there are letters."""
    if len(run) > 2 and run[0] != "y":
        raise Unshown(f"日期格式里的“{run}”读不懂")
    if run[0] in "hs" or is_minute:
        hour, minute, second = _clock(value)
        number = {"h": (hour % 12 or 12) if twelve else hour, "m": minute, "s": second}[run[0]]
    elif isinstance(value, date):
        number = {"y": value.year, "m": value.month, "d": value.day}[run[0]]
    else:
        raise Unshown("单元格里是时间，却按日期显示")
    if run[0] == "y":
        return f"{number:04}" if len(run) > 2 else f"{number % 100:02}"
    return f"{number:0{len(run)}}"


def _clock(value: Moment) -> tuple[int, int, int]:
    if isinstance(value, timedelta):
        seconds = round(value.total_seconds())
        return seconds // 3600 % 24, seconds // 60 % 60, seconds % 60
    return (value.hour, value.minute, value.second) if isinstance(value, datetime | time) else (0, 0, 0)


def _elapsed(run: str, value: Moment) -> str:
    """All hours, minutes or seconds of a duration."""
    hour, minute, second = _clock(value)
    seconds = hour * 3600 + minute * 60 + second
    if isinstance(value, timedelta):
        seconds = round(value.total_seconds())
    elif isinstance(value, date):
        raise Unshown("单元格里是日期，却按时长显示")
    number = {"h": seconds // 3600, "m": seconds // 60, "s": seconds}[run[0]]
    return f"{number:0{len(run)}}"
