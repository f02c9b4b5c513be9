"""A statement to be judged, as it stands in a list -> the statement, and what is said of it if it is false.

What should stand there instead (改正：三年) is no part of the statement: it goes into the explanation, and
where it names the words that are wrong, and they stand there just once, the item knows both.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from studytool.imports.answers import GAP, SIGNS, STATEMENTS, Unclear, plain
from studytool.imports.remarks import Remarks
from studytool.model import RIGHT, WRONG

_FINAL_GAP = re.compile(r"(?:(?<!\s)\s++)?[（(]\s*+[）)]\s*+([。.？?]?)\s*+$")
_MOST_GAPS = 2  # the one for the sign, and the sign's own
_FIRST_GAP = re.compile(r"^\s*+[（(]\s*+[）)]\s*+")
# （ ）改正：三年; （ ）（应为须交）: the mark has been taken out of the brackets before it.
_LABEL = r"(?:改正|更正|订正|修改|正确(?:答案|说法|的是|的|应为|为|是)?|应该?(?:为|是)|应改为|改为)"
_QUOTED = r"[“\"「][^“”\"「」]{1,40}[”\"」]"
_CORRECTION = re.compile(
    rf"(?P<gap>[（(]\s*+[）)])\s*+[。，,；;]?\s*+"
    rf"(?:[（(](?P<inside>\s*(?:{_LABEL}|{_QUOTED}应)[^（）()]{{1,200}})[）)]|(?P<behind>{_LABEL}\s*+[:：].{{1,200}}))\s*+[。.]?\s*+\Z",
    re.DOTALL,
)
# 甲。（ ）  见简报; 甲（ ）——应为乙; 甲（ ）（见教材第3页）: what stands behind the place of the sign.
_APART = r"\s*+[—－–]++\s*+|[ \t　]{2,}+|\t|\s*+[。.]\s*+(?=\S)|(?<=[。.？?！!”][（(] [）)])\s*+"
_REMARK = re.compile(
    rf"(?P<gap>[（(]\s*+[）)])(?:(?:{_APART})(?P<said>[^\n]{{1,200}}+)"
    r"|\s*+(?P<inside>[（(][^（）()\n]{1,200}+[）)])\s*+[。.]?)\s*+\Z"
)
# ×。党费必须…; ×，理由：…; ×（应为三年）: a sign, and what explains it.
_SIGN_AND_REASON = re.compile(
    rf"\s*([{SIGNS}]|正确|错误|对|错)\s*(?:[。，,；;：:\n]+\s*(.+)|[（(]([^（）()]+)[）)][。.]?)", re.DOTALL
)
# 五年应为三年, “五年”改为“三年”: the words of the statement, and those of its source.
_INSTEAD = re.compile(
    rf"(?:{_LABEL}\s*[:：])?\s*[将把]?\s*[“\"「]?(?P<changed>[^“”\"「」]{{1,40}}?)[”\"」]?\s*(?:应该?改?为|应改成|改为|改成)"
    r"\s*[“\"「]?(?P<original>[^“”\"「」]{1,40}?)[”\"」]?\s*[。.]?"
)


class Statement(NamedTuple):
    """A statement, whether it is right as it is written, and what is said of it."""

    stem: str
    answer: str
    explanation: str | None = None
    original: str | None = None
    changed: str | None = None


def read(stem: str, answer: str, explanation: str | None) -> Statement:
    """The parts of a statement. Raises Unclear where it is called right and corrected."""
    reasoned = _SIGN_AND_REASON.fullmatch(answer)
    answer, reason = (reasoned[1], reasoned[2] or reasoned[3]) if reasoned else (answer, "")
    stem, correction = _uncorrected(stem)
    if correction and STATEMENTS.get(plain(answer)) == RIGHT:
        raise Unclear(f"答案是“{answer}”，题后却写着“{correction}”")
    stem, remark = _unremarked(stem)
    for _ in range(_MOST_GAPS):
        stem = _FINAL_GAP.sub(r"\1", stem)
    stem = _FIRST_GAP.sub("", stem)
    notes = tuple(filter(None, (correction, remark, reason.strip(), *(explanation or "").split("\n"))))
    if STATEMENTS.get(plain(answer)) != WRONG:
        return Statement(stem, answer, "\n".join(notes) or None)
    said = Remarks(notes).of_false(stem)
    instead = _instead(stem, notes[0]) if notes and said.original is None else None
    if instead:
        return Statement(stem, answer, "\n".join(notes[1:]) or None, *instead)
    return Statement(stem, answer, *said)


def _uncorrected(stem: str) -> tuple[str, str]:
    """The stem without the correction behind it, and the correction."""
    found = _CORRECTION.search(stem)
    if not found:
        return stem, ""
    return stem[: found.end("gap")], (found["inside"] or found["behind"]).strip()


def _unremarked(stem: str) -> tuple[str, str]:
    """The stem without a remark behind the place of its sign, and the remark."""
    found = _REMARK.search(stem)
    said = ((found["said"] or found["inside"]) if found else "").strip()
    if not found or not said.strip("（）() ") or GAP.search(said):
        return stem, ""
    between = stem[found.end("gap") : found.start("said")].strip() if found["said"] else ""
    return stem[: found.end("gap")] + ("。" if between in ("。", ".") else ""), said


def _instead(stem: str, correction: str) -> tuple[str, str] | None:
    """What the source says and what the statement says instead, if a correction names both."""
    found = _INSTEAD.fullmatch(correction)
    if not found or stem.count(found["changed"]) != 1 or found["changed"] == found["original"]:
        return None
    return found["original"], found["changed"]
