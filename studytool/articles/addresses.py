"""Text -> the day its page was put up, as the page's own address tells it: /2024/04/24/, /2019-05/31/c_….

Only news is dated so: a law may be put up years after its day, news is not.
"""

from __future__ import annotations

import re
from datetime import date

# A line that is an address and no more than a name before it.
_LINE = re.compile(r"^[>\s]*(?:[^，。：:/]{1,16}[:：]\s?)?https?://(?P<path>\S+?)[)）>]?$", re.MULTILINE)
_DAY = re.compile(
    r"/(?P<y>20\d\d)(?:/|-)?(?P<m>0[1-9]|1[0-2])(?:/|-)?(?P<d>0[1-9]|[12]\d|3[01])(?=/)"  # /2024/04/24/
    r"|/t(?P<y2>20\d\d)(?P<m2>0[1-9]|1[0-2])(?P<d2>0[1-9]|[12]\d|3[01])_\d+"  # /202106/t20210603_123.html
)


def put_up_on(text: str) -> date | None:
    """The one day that the addresses standing in lines of their own tell; None where they tell several."""
    told = {day for line in _LINE.finditer(text) for day in _days(line["path"])}
    return told.pop() if len(told) == 1 else None


def _days(path: str) -> list[date]:
    found = []
    for match in _DAY.finditer(path):
        year, month, day = (match[name] or match[f"{name}2"] for name in "ymd")
        try:
            found.append(date(int(year), int(month), int(day)))
        except ValueError:
            continue
    return found
