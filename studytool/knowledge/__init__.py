"""Sentences -> Knowledge: what is worth asking, found by an ordered table of rules.

The order decides only what a piece of knowledge is called when two rules find the same: the rule that
stands first, the more special one, names it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from studytool.knowledge.abbreviations import abbreviations
from studytool.knowledge.coinages import coinages
from studytool.knowledge.dates import dates, goals
from studytool.knowledge.declarations import declarations
from studytool.knowledge.deeds import deeds
from studytool.knowledge.definitions import definition_heads, definition_terms, definition_values
from studytool.knowledge.demands import demands
from studytool.knowledge.divisions import divisions
from studytool.knowledge.enumerated import enumerated
from studytool.knowledge.events import events
from studytool.knowledge.examiner import examiner
from studytool.knowledge.figures import figures
from studytool.knowledge.finding import Finding, Rule, Setting, alone
from studytool.knowledge.formulations import formulations
from studytool.knowledge.glosses import glosses
from studytool.knowledge.headed import headed
from studytool.knowledge.lists import lists
from studytool.knowledge.meetings import meetings
from studytool.knowledge.numbered import numbered
from studytool.knowledge.occasions import occasions
from studytool.knowledge.organs import organs
from studytool.knowledge.persons import persons
from studytool.knowledge.phrases import phrases, recurring
from studytool.knowledge.places import places
from studytool.knowledge.points import points
from studytool.knowledge.policies import policies
from studytool.knowledge.quotations import quotations
from studytool.knowledge.ranks import firsts, ordinals, ranks
from studytool.knowledge.reading import Reading, read
from studytool.knowledge.regulations import regulating, regulations
from studytool.knowledge.sanctions import usual_ladder
from studytool.knowledge.series import series_in
from studytool.knowledge.spirits import spirits
from studytool.knowledge.statutory import statutory
from studytool.knowledge.titles import laws, titles
from studytool.knowledge.vows import vows
from studytool.limits import LONGEST_SENTENCE
from studytool.model import Knowledge, KnowledgeKind, Sentence, Span

RULES: tuple[tuple[str, Rule, str], ...] = (
    ("abbreviations", abbreviations, "what a number sums up is asked by name and by member"),
    ("regulations", regulations, "in a regulation every element of a provision is law"),
    ("headed", headed, "a point of a provision is law under its head, and nothing without it"),
    ("divisions", divisions, "what a provision divides a thing into it names once, and all of it"),
    (
        "enumerated",
        enumerated,
        "what a provision numbers below its head, and names all of, is learnt in a row",
    ),
    ("vows", vows, "what is vowed, or is a standard, is learnt by heart clause by clause"),
    ("statutory", statutory, "what a regulation means by a word is its own, and every word of it counts"),
    ("declarations", declarations, "what a regulation says a thing is, it says once and exactly"),
    ("points", alone(points), "what a speaker numbers he wants remembered"),
    ("numbered", numbered, "points announced and numbered are the short answer of every paper test"),
    ("lists", lists, "a fifth of human blanks are members of a series"),
    ("policies", alone(policies), "a policy quoted whole is learnt clause by clause"),
    ("spirits", alone(spirits), "what a spirit with a name is made of is learnt phrase by phrase"),
    (
        "definition_terms",
        alone(definition_terms),
        "“X是…的根本” is the examiner's favourite sentence: X is asked",
    ),
    ("definition_values", alone(definition_values), "“…的根本任务是X”: what has the rank is asked"),
    ("definition_heads", alone(definition_heads), "the same sentence from the other side: the rank is asked"),
    ("glosses", alone(glosses), "what letters stand for, where the sentence says it"),
    ("quotations", quotations, "who said what, by the formulation the quotation turns on"),
    ("firsts", alone(firsts), "what was first or only of its kind"),
    (
        "formulations",
        alone(formulations),
        "a third of human blanks are fixed wording, in a handful of frames",
    ),
    ("demands", alone(demands), "what is demanded clause by clause under one word is recited so"),
    ("coinages", coinages, "a name put in quotation marks is a name to remember"),
    ("meetings", alone(meetings), "which meeting decided what"),
    ("events", alone(events), "which event it was that turned the course"),
    ("deeds", alone(deeds), "who founded, led or wrote it"),
    ("persons", alone(persons), "who held which office"),
    ("places", alone(places), "where it happened"),
    ("organs", alone(organs), "who decided it"),
    ("titles", alone(titles), "which document was issued"),
    ("laws", alone(laws), "which law is to be made, by the name the decision gives it"),
    ("goals", alone(goals), "by when something is to be reached"),
    ("dates", alone(dates), "when something happened"),
    ("ranks", alone(ranks), "the place something takes among its like"),
    ("occasions", alone(occasions), "how many times it was done, where somebody has counted"),
    ("ordinals", alone(ordinals), "the how-manieth of its kind something is"),
    ("figures", alone(figures), "a report is tested on its figures"),
    ("phrases", phrases, "what the document keeps saying it wants said exactly"),
    ("examiner", alone(examiner), "what an authority says may hold something that no rule above knows"),
)
TOLD = 0.4  # a sentence of which something as good as this is known needs no guess


def find(sentences: Sequence[Sentence]) -> tuple[Knowledge, ...]:
    """What is worth knowing in the sentences of one document, in the order of the sentences."""
    setting = _survey([sentence for sentence in sentences if len(sentence.text) <= LONGEST_SENTENCE])
    found: list[Knowledge] = []
    for reading in setting.readings:
        if not reading.sentence.doubts:
            found.extend(_in_sentence(reading, setting))
    return tuple(found)


def _survey(sentences: Sequence[Sentence]) -> Setting:
    readings = tuple(read(sentence, at) for at, sentence in enumerate(sentences))
    series = tuple(series_in(reading) for reading in readings)
    quoted = Counter(quote.of(reading.text) for reading in readings for quote in reading.quotes)
    ruling = regulating(readings)
    usual = usual_ladder(readings, ruling)
    return Setting(readings, series, recurring(readings), quoted, ruling, usual)


def _in_sentence(reading: Reading, setting: Setting) -> Iterator[Knowledge]:
    seen = set()
    ruled: list[Span] = []
    told = False
    for name, rule, _ in RULES:
        if name == "examiner" and told:
            return
        for finding in rule(reading, setting):
            place = finding.place.text if finding.place else ""
            if (finding.kind, finding.spans, place) in seen:
                continue
            own = finding.spans[0]
            if name == "figures" and own not in ruled and any(own.overlaps(span) for span in ruled):
                continue  # the 三分之二 of 三分之二以上, or 三十日内, of which the provision has been asked
            seen.add((finding.kind, finding.spans, place))
            ruled += finding.spans if finding.kind is KnowledgeKind.RULE and not place else ()
            told = told or finding.weight >= TOLD
            yield _knowledge(reading, name, finding)


def _knowledge(reading: Reading, rule: str, finding: Finding) -> Knowledge:
    sentence = finding.place.sentence if finding.place else reading.sentence
    home = finding.home.sentence if finding.home else sentence
    return Knowledge(
        kind=finding.kind,
        sentence=sentence,
        spans=finding.spans,
        rule=rule,
        weight=round(min(1.0, max(0.0, finding.weight)), 3),
        cue=finding.cue,
        members=finding.members,
        member_sentence=home if finding.members else None,
        closed=finding.closed,
    )
