"""The share of an answer among equal ones -> the weight Moodle knows for it; it refuses any other."""

from __future__ import annotations

_SHARES = {
    1: "100",
    2: "50",
    3: "33.33333",
    4: "25",
    5: "20",
    6: "16.66667",
    7: "14.28571",
    8: "12.5",
    9: "11.11111",
    10: "10",
}


def share(count: int) -> str | None:
    """What one of `count` answers is worth in per cent; of none it is never asked, so anything would do."""
    return _SHARES.get(max(count, 1))
