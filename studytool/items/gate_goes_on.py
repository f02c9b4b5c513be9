"""Gate on words that are cut before what they lead to, which the rest of the sentence tells."""

from __future__ import annotations

import re

from studytool.items.context import Context
from studytool.items.drafts import Draft
from studytool.model import ItemKind

# What the words trimmed away begin with, and what those kept begin with (None: whatever they are).
_LOST: tuple[tuple[re.Pattern[str], re.Pattern[str] | None], ...] = (
    # 属于倾向性问题，或者情节轻微的，可以……: one of two cases, and not what then
    (re.compile("，?或者[^。；]*的，"), None),
    # 必须经……批准，并采取安全措施后，方可: nobody has to, who does not do that
    (re.compile("，?[^。；]{0,40}(?:方可|方能|才可以?|才能)"), re.compile("[^。]*(?:必须|应当?|经)")),
    # 每一个历史事件、每一位英雄，都代表着……: who, and not what of them
    (re.compile("，[都均]"), re.compile("(?:[^。]*，)?(?:每一|各种|无论|不论|不管|凡是)[^，。]*[，。]?$")),
)
# 对推进……布局，具有重大而深远的意义: what is, and of what? And what was said to have meaning is no demand:
# 讲话对于全党增强“四个意识”……，都具有十分重要的意义.
_MEANING = re.compile(
    "(?:(?:(?!，对)[^。])*|[^。]*，都)(?:具有|有着|产生|起到?|发挥)[^。]{0,20}(?:意义|作用|影响)"
)
_FOR_WHOM = re.compile("(?:^|[，。；])对|对于")


def goes_on(draft: Draft, _context: Context) -> bool:
    """Does the sentence end elsewhere than the stem, in what was to be said?"""
    if draft.kind is ItemKind.SHORT_ANSWER:
        return False
    text, end = draft.knowledge.sentence.text, draft.frame.kept[-1].end
    end -= text[end - 1] in "，,"
    if _MEANING.match(text, end) and _FOR_WHOM.search(text, 0, end):
        return True
    return any(
        rest.match(text, end) and (begins is None or begins.match(draft.said)) for rest, begins in _LOST
    )
