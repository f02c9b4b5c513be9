"""What a failing disk, or a program that is none of ours, makes of answers and memories, found and mended.

An answer stays, whatever is left of it: each column is mended with what the others say. Impossible memories
are found here; what they should be the answers say (`replaying`).
"""

from __future__ import annotations

from fsrs.scheduler import LOWER_BOUNDS_PARAMETERS, UPPER_BOUNDS_PARAMETERS

from studytool.model import ItemKind, Mark
from studytool.store.conditions import (
    Rot,
    any_of,
    list_of,
    no_day,
    no_day_of_study,
    no_instant,
    none_of,
    shape,
)
from studytool.store.orphans import LONG_AGO

_LIMITS = tuple(zip(LOWER_BOUNDS_PARAMETERS, UPPER_BOUNDS_PARAMETERS, strict=True))  # of FSRS-6
_OUT_OF_BOUNDS = (
    f"json_extract(parameters, '$[{at}]') not between {low} and {high}"
    for at, (low, high) in enumerate(_LIMITS)
)
_NUMBERS = (
    f"json_array_length(parameters) <> {len(_LIMITS)}"
    " or exists (select 1 from json_each(parameters) where type not in ('real', 'integer'))"
    f" or {any_of(_OUT_OF_BOUNDS)}"
)
_KIND = "coalesce(json_extract(section.value, '$[0]'), '')"
_SECTION = (  # of a paper: kind, questions, right, points reached, of how many
    "section.type <> 'array' or json_array_length(section.value) <> 5"
    f" or {none_of(_KIND, ItemKind)}"
    " or exists (select 1 from json_each(section.value) where key > 0 and type not in ('real', 'integer'))"
)
_NO_RESULT = "finished_at is not null and " + shape(
    "result", "array", f"exists (select 1 from json_each(result) section where {_SECTION})"
)

_MOST_STEPS = 99  # of learning; usually there are two
_MOST_DAYS = 36_500  # from one answer to the next, as the settings allow


def impossible(prefix: str = "", suffix: str = "") -> str:
    """Is it no memory that the scheduler could have left, or go on from? `prefix` and `suffix` make a column,
    or a part of one, of the name of each of its fields."""
    state, step, stability, difficulty, due, reviewed = (
        f"{prefix}{name}{suffix}"
        for name in ("state", "step", "stability", "difficulty", "due_at", "reviewed_at")
    )
    return (
        f"coalesce({state}, 0) not in (1, 2, 3)"
        f" or typeof({step}) not in ('integer', 'null') or {step} not between 0 and {_MOST_STEPS}"
        f" or ({state} = 3 and {step} is null)"
        f" or ({state} > 1 and ({stability} is null or {difficulty} is null))"
        f" or ({stability} is not null and not ({stability} > 0 and {stability} < 1e6))"
        f" or ({difficulty} is not null and {difficulty} not between 1 and 10)"
        f" or {due} is null or {no_instant(due)} or ({reviewed} is not null and {no_instant(reviewed)})"
        f" or julianday(substr({due}, 1, 19)) - julianday(substr({reviewed}, 1, 19)) > {_MOST_DAYS + 1}"
    )


IMPOSSIBLE = impossible()
_BEFORE = "before is not null and " + shape("before", "object", impossible("json_extract(before, '$.", "')"))
_LONGEST = "1e7"  # seconds: a question may have been left open for months
_WHEN, _DAY = no_instant("reviewed_at"), no_day_of_study("studied_on")
_SECONDS = f"not (seconds between 0 and {_LONGEST})"
_NO_MINUTES = f"(minutes is not null and not (minutes > 0 and minutes < {_LONGEST}))"
_NO_PASS = "not (pass_percent between 0 and 100)"
_NO_TERMS = any_of((_SECONDS, _NO_MINUTES, _NO_PASS))
_NO_PAPER_TIME = any_of(
    (no_instant("started_at"), f"(finished_at is not null and {no_instant('finished_at')})")
)
_NO_UNTIL = f"(until is not null and {no_day('until')}) or kind not in ('bury', 'suspend')"

ROTS = (
    Rot(
        "答题记录里的作答读不出来（记录保留）",
        "reviews",
        list_of("response", "text"),
        (f"update reviews set response = '[]' where {list_of('response', 'text')}",),
    ),
    Rot(
        "答题记录里此前的记忆读不出来（撤销时保持现在的记忆）",
        "reviews",
        _BEFORE,
        (
            "update reviews set before = (select json_object('state', state, 'step', step, 'stability',"
            " stability, 'difficulty', difficulty, 'due_at', due_at, 'reviewed_at', m.reviewed_at)"
            " from memories m where m.learner = reviews.learner and m.item_id = reviews.item_id"
            f" and not ({impossible('m.')}))"
            f" where {_BEFORE}",
        ),
    ),
    Rot(
        "答题记录的对错读不出来（按评分补上）",
        "reviews",
        none_of("mark", Mark),
        (f"update reviews set mark = iif(rating > 1, 'right', 'wrong') where {none_of('mark', Mark)}",),
    ),
    Rot(
        "答题记录的评分不可能（按对错补上）",
        "reviews",
        "rating not between 1 and 4",
        ("update reviews set rating = iif(mark = 'wrong', 1, 3) where rating not between 1 and 4",),
    ),
    Rot(
        "答题记录的时间读不出来（按日期或前一条记录补上）",
        "reviews",
        _WHEN,
        (
            "update reviews set reviewed_at = coalesce("
            f"iif({_DAY}, null, studied_on || 'T12:00:00.000000+00:00'),"
            " (select r.reviewed_at from reviews r where r.id < reviews.id"
            f" and not {no_instant('r.reviewed_at')} order by r.id desc limit 1), '{LONG_AGO}')"
            f" where {_WHEN}",
        ),
    ),
    Rot(
        "答题记录的日期读不出来（按时间补上）",
        "reviews",
        _DAY,
        (f"update reviews set studied_on = substr(reviewed_at, 1, 10) where {_DAY}",),
    ),
    Rot(
        "答题记录的用时不可能",
        "reviews",
        _SECONDS,
        (f"update reviews set seconds = 0.0 where {_SECONDS}",),
    ),
    Rot(
        "考试成绩的分项读不出来",
        "papers",
        _NO_RESULT,
        (f"update papers set result = '[]' where {_NO_RESULT}",),
    ),
    Rot(
        "试卷的时间读不出来",
        "papers",
        _NO_PAPER_TIME,
        (
            f"update papers set started_at = '{LONG_AGO}' where {no_instant('started_at')}",
            f"update papers set finished_at = '{LONG_AGO}' where finished_at is not null"
            f" and {no_instant('finished_at')}",
        ),
    ),
    Rot(
        "试卷的用时、限时或及格线不可能",
        "papers",
        _NO_TERMS,
        (
            f"update papers set seconds = 0.0 where {_SECONDS}",
            f"update papers set minutes = null where {_NO_MINUTES}",
            f"update papers set pass_percent = 60.0 where {_NO_PASS}",
        ),
    ),
    Rot(
        "搁置到哪天读不出来（不再搁置）",
        "holds",
        _NO_UNTIL,
        (
            f"update holds set until = null where kind = 'suspend' and ({_NO_UNTIL})",
            f"delete from holds where {_NO_UNTIL}",
        ),
    ),
    Rot(
        "学员加入的时间读不出来",
        "learners",
        f"{no_instant('created_at')}",
        (f"update learners set created_at = '{LONG_AGO}' where {no_instant('created_at')}",),
    ),
    Rot(
        "记忆参数读不出来（恢复为通用参数；可再运行 studytool optimize）",
        "parameters",
        shape("parameters", "array", _NUMBERS),
        (f"delete from parameters where {shape('parameters', 'array', _NUMBERS)}",),
    ),
)
