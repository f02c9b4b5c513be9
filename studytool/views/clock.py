"""Instants and lengths of time -> as one says them."""

from __future__ import annotations

from datetime import datetime

MINUTE, HOUR = 60, 3600


def when(due_at: datetime, now: datetime) -> str:
    """How long until a card comes again, as one says it."""
    there = due_at.astimezone(now.tzinfo)
    seconds = (there - now).total_seconds()
    days = (there.date() - now.date()).days
    if seconds < HOUR:
        return f"{max(1, round(seconds / MINUTE))} 分钟后"
    if days == 0:
        return f"{round(seconds / HOUR)} 小时后"
    if days == 1:
        return "明天"
    year = f"{there.year}年" if there.year != now.year else ""
    return f"{days} 天后（{year}{there.month}月{there.day}日）"
