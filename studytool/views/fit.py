"""What a fit of the FSRS parameters gave -> a few words, or JSON."""

from __future__ import annotations

from rich.text import Text

from studytool.fitting import ENOUGH, Fit


def as_json(found: Fit | None, reviews: int) -> dict[str, object]:
    """The log-losses before and after, and the parameters if they were changed."""
    return {
        "reviews": reviews,
        "needed": ENOUGH,
        "before": round(found.before, 4) if found else None,
        "after": round(found.after, 4) if found else None,
        "parameters": list(found.parameters) if found and found.parameters else None,
    }


def words(found: Fit | None, reviews: int) -> Text:
    """What was done, and whether it was worth it."""
    if found is None:
        return Text(f"隔天以上的复习只有 {reviews} 次，至少要 {ENOUGH} 次才拟合得准；继续用通用参数。")
    compared = f"用没有参加拟合的题检验，对数损失 {found.before:.4f} → {found.after:.4f}"
    if found.parameters is None:
        return Text(f"{compared}，没有更准；参数不改。")
    return Text(f"{compared}，更准了；以后按新参数安排复习（studytool optimize --reset 改回）。")
