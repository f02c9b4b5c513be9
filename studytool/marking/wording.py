"""One answer and one response -> right, nearly or wrong, and why.

The rules stand in two tables: what makes a response wrong whatever else it is, then what makes it
nearly right. What no rule knows is wrong; only equal texts and equal amounts are right.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from functools import lru_cache
from itertools import pairwise

from rapidfuzz.distance import OSA, LCSseq

from studytool.data import lines
from studytool.marking.admissions import admitted
from studytool.marking.dates import compare_dates, days
from studytool.marking.equal_amounts import compare_equal
from studytool.marking.equivalents import compare_equivalents
from studytool.marking.finding import EMPTY, RIGHT, Finding, nearly, rank, wrong
from studytool.marking.names import compare_states, compare_titles, is_person
from studytool.marking.numerals import canonical, numbers, spelled, tokens
from studytool.marking.opposites import opposed
from studytool.marking.places import compare_surroundings
from studytool.marking.quantities import Said, compare_quantities, compare_units, quantity
from studytool.marking.turns import synonymous, turned
from studytool.marking.writing import folded, has_capital_numerals, in_small_numerals, plain
from studytool.model import Mark

NEGATIONS = frozenset("不没未无非否莫勿毋")

PARTICLES = re.compile(r"[的地得之了]")
CONNECTIVES = re.compile(r"以及|[和与及同跟暨]")
# Characters people write for one another; in official wording one of them is preferred.
ALLOGRAPHS = str.maketrans("帐像做份惟它她订坐", "账象作分唯他他定座")

TAILS = frozenset(tail for line in lines("marking/tails.txt") for tail in line.split())

_VAGUE = re.compile(r"#[一二三四五六七八九]{2};[年月日天个人次倍岁]")  # 三五年 is three to five years
SLIP_FROM = 4  # shorter answers have no slips: one character makes them another word
TOKENS_PER_SLIP = 12
WORD_BEFORE_AMOUNT = 4


def _negations(text: str) -> Counter[str]:
    return Counter(char for char in text if char in NEGATIONS)


def _negated(expected: str, given: str) -> Finding | None:
    if _negations(expected).total() == _negations(given).total():
        return None
    alike = 2 * LCSseq.similarity(expected, given) >= max(len(expected), len(given))
    return wrong("多了或少了否定词，意思相反" if alike else "与答案不符")  # “不知道” denies nothing


def _misnumbered(expected: str, given: str) -> Finding | None:
    wanted, found = Counter(numbers(expected)), Counter(numbers(given))
    if wanted == found:
        return None
    if spelled(expected) == spelled(given) and not _VAGUE.search(expected + given):
        return nearly("数字的写法与原文不同")
    if not found:
        return wrong("与答案不符")
    if found < wanted:
        return wrong(f"缺了{_lacking(expected, given)}")
    return wrong("数字不对")


def _lacking(expected: str, given: str) -> str:
    """What an answer lacks whose numbers are right, as far as they go."""
    lacking = expected.removeprefix(given).removesuffix(given)
    if lacking == expected:
        return "一部分内容"
    return f"“{re.sub('[#;]', '', lacking.replace(';加', '+'))}”"


def _particles(expected: str, given: str) -> Finding | None:
    if PARTICLES.sub("", expected) == PARTICLES.sub("", given) != "":
        return nearly("多了或少了“的”一类虚词")
    return None


def _connectives(expected: str, given: str) -> Finding | None:
    if CONNECTIVES.sub("", expected) == CONNECTIVES.sub("", given) != "":
        return nearly("连接词与原文不同")
    return None


def _allographs(expected: str, given: str) -> Finding | None:
    if expected.translate(ALLOGRAPHS) == given.translate(ALLOGRAPHS):
        return nearly("有通用字或别字，请看原文的写法")
    return None


def _slips(expected: str, given: str) -> Finding | None:
    wanted, found = tokens(expected), tokens(given)
    if len(wanted) < SLIP_FROM:
        return None
    allowed = 1 + len(wanted) // TOKENS_PER_SLIP
    distance = OSA.distance(wanted, found, score_cutoff=allowed)
    if distance > allowed or (distance > 1 and not _scattered(wanted, found)):
        return None
    return nearly("只差一个字" if distance == 1 else f"只差{distance}个字")


def _scattered(wanted: tuple[str, ...], found: tuple[str, ...]) -> bool:
    """Do the slips stand apart? Two side by side are another word: 道路, 制度."""
    if len(wanted) != len(found):
        return False
    slips = [index for index, (a, b) in enumerate(zip(wanted, found, strict=True)) if a != b]
    return all(after - before > 1 for before, after in pairwise(slips))


def _boundary(expected: str, given: str) -> Finding | None:
    """The same head with more or less in front of it: 工人阶级, 中国工人阶级."""
    short, long = sorted((tokens(expected), tokens(given)), key=len)
    if len(short) < 3 or 2 * len(short) <= len(long) or long[-len(short) :] != short:
        return None
    return nearly("比答案多了前面的字" if len(given) > len(expected) else "比答案少了前面的字")


def _tail(expected: str, given: str) -> Finding | None:
    short, long = sorted((expected, given), key=len)
    if len(short) < 2 or quantity(short) or not long.startswith(short) or long[len(short) :] not in TAILS:
        return None
    return nearly("比答案多了后面的字" if long == given else "比答案少了后面的字")


def _amount(expected: str, given: str) -> Finding | None:
    """The same amount with a word more or less in front of it: 增长43%, 43%."""
    short, long = sorted((expected, given), key=len)
    if quantity(short) and long.endswith(short) and len(long) - len(short) <= WORD_BEFORE_AMOUNT:
        return nearly("数字前后的字与答案不同")
    return None


Rule = Callable[[str, str], Finding | None]

# Asked first: no likeness excuses these.
GRAVE: tuple[Rule, ...] = (_negated, _misnumbered, compare_units, opposed)
# Then the first that knows the difference names it: from the slightest to the greatest.
SLIGHT: tuple[Rule, ...] = (
    synonymous,
    _particles,
    _connectives,
    _allographs,
    _tail,
    _amount,
    _slips,
    _boundary,
)


@lru_cache(maxsize=512)
def _members(text: str) -> tuple[str, ...]:
    parts = re.split(r"[、，,;；]|以及|[和与及]", folded(text))
    return tuple(sorted(canonical(part) for part in parts if part.strip()))


def _reordered(expected: str, given: str) -> Finding | None:
    if (
        re.search("[、；;和与及]", expected)
        and len(_members(expected)) > 1
        and _members(expected) == _members(given)
    ):
        return nearly("各项都对，顺序与原文不同")
    return None


def _same(expected: str, given: str) -> bool:
    """Do the texts differ in nothing but their writing? “①③” leaves no letters, but is itself."""
    return canonical(expected) == canonical(given) != "" or expected.strip() == given.strip() != ""


def _in_numerals(expected: str, given: str) -> str:
    """叁招 as 三招; but 李肆 is not the name of 李四."""
    if has_capital_numerals(expected) or is_person(plain(expected)):
        return given
    return in_small_numerals(given)


def _in_simplified(expected: str, given: str) -> str:
    """三個著力 as 三个着力: where 着 is asked, 著 is how it is written in Taiwan."""
    return folded(given).replace("著", "着") if "著" not in expected else given


def _in_full(_: str, given: str) -> str:
    return re.sub(r"(?<=\d)w(?![a-z])", "万", folded(given))


# How people write in a hurry or with ceremony, and what to say of an answer that is right but for that.
MANNERS: tuple[tuple[Callable[[str, str], str], str], ...] = (
    (_in_numerals, ""),
    (_in_simplified, ""),
    (_in_full, "“w”应写作“万”"),
)


def _mannered(expected: str, given: str, evidence: str, said: Said | None) -> Finding | None:
    for manner, reason in MANNERS:
        usual = manner(expected, given)
        if folded(usual) == folded(given):
            continue
        finding = compare(expected, usual, evidence, said)
        if finding.mark is not Mark.WRONG:
            return nearly(reason) if reason and finding.mark is Mark.RIGHT else finding
    return None


def _surrounded(expected: str, given: str, evidence: str) -> Finding | None:
    """Places with what they lie in: the names must agree, and so must what is in front of them."""
    found = compare_surroundings(expected, given, evidence)
    if found is None:
        return None
    wanted_name, found_name, surroundings = found
    names = compare(wanted_name, found_name, evidence)
    return None if names.mark is Mark.WRONG else min((names, surroundings), key=rank)


def compare(expected: str, given: str, evidence: str = "", said: Said | None = None) -> Finding:
    """How `given` does as an answer where `expected` was asked.

    `evidence` is a canonical text that may confirm what a response adds: a unit, a year. `said` is how
    the source bends a number that is expected bare."""
    if _same(expected, given):
        return RIGHT
    wanted, found = canonical(expected), canonical(given)
    if not found:
        return EMPTY
    if admitted(given):
        return wrong("与答案不符")
    finding = (
        compare_equal(wanted, found)
        or turned(wanted, found, evidence)
        or compare_equivalents(wanted, found)
        or _mannered(expected, given, evidence, said)
        or compare_dates(expected, given, evidence)
        or compare_quantities(wanted, found, evidence, said)
        or _surrounded(expected, given, evidence)
        or compare_states(expected, given, evidence)
        or _reordered(expected, given)
    )
    dated = days(expected) is not None or days(given) is not None
    rules = (rule(wanted, found) for rule in (*GRAVE, *SLIGHT) if not (dated and rule is _slips))
    return finding or compare_titles(expected, given) or next(filter(None, rules), wrong("与答案不符"))
