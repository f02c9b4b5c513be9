"""A draft -> the name of the first gate it fails, or None: what is judged before it is served.

Every gate has a name under which what it drops is counted, and its reason. They stand in three tables, each
judged only where the one before has passed: the words around the blank, what the blank asks, and last what
is offered beside the key, which is not even looked for until then.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from studytool.items import (
    gate_aims,
    gate_ambiguous,
    gate_anecdotes,
    gate_conflict,
    gate_dangling,
    gate_ends,
    gate_frames,
    gate_goes_on,
    gate_half_named,
    gate_idle,
    gate_keys,
    gate_misread,
    gate_nobodys,
    gate_open,
    gate_options,
    gate_overturned,
    gate_provisions,
    gate_recited,
    gate_reckoned,
    gate_ruled_out,
    gate_rules,
    gate_scope,
    gate_stems,
    gate_subjects,
    gate_told,
    gate_voice,
    gate_wording,
    gate_worth,
)
from studytool.items.context import Context
from studytool.items.drafts import BLANKED, Draft


class Gate(NamedTuple):
    """`fails` says whether a draft must go; `reason` why such a draft may not be served."""

    name: str
    reason: str
    fails: Callable[[Draft, Context], bool]


# Can these words stand alone, are they clean, and are they worth a question?
WORDS: tuple[Gate, ...] = (
    Gate("doubtful", "its sentence may have been read or joined wrongly", gate_stems.doubtful),
    Gate("undated", "a figure to be judged is true of a time", gate_options.undated),
    Gate("compound", "a statement to be judged is a single proposition", gate_options.compound),
    Gate("furniture", "page furniture is no knowledge", gate_stems.furniture),
    Gate("furniture", "a headline that was read out with its text", gate_told.read_out),
    Gate("garbled", "recognition errors and lost characters", gate_stems.garbled),
    Gate("unbalanced", "a quotation or bracket opened and never closed", gate_stems.unbalanced),
    Gate("story", "spoken words and scenes are no examination matter", gate_stems.story),
    Gate("blanks", "one blank for each part of the key, at most four", gate_keys.blanks_and_key),
    Gate("dangling", "it points at something outside it: 这, 该, 上述", gate_dangling.dangling),
    Gate(
        "half_named",
        "a paper, a plan or a meeting that only the text around it names",
        gate_half_named.half_named,
    ),
    Gate("incomplete", "a rule without its article, its case or its exception", gate_rules.incomplete),
    Gate("place", "我市 or 全市 without saying which", gate_stems.placeless),
    Gate("time", "今年 or 目前 without saying when", gate_stems.timeless),
    Gate("subject", "it does not say whose doings it asks about", gate_subjects.subjectless),
    Gate("voice", "what is demanded or made clear, and not by whom or of what", gate_voice.unvoiced),
    Gate("voice", "what a generation of leaders has done, and not which", gate_voice.unled),
    Gate("voice", "what somebody promised of himself, and not who", gate_voice.of_a_speaker),
    Gate("voice", "what has been achieved, and not by whom", gate_voice.unachieved),
    Gate("office", "what some office has ruled for itself", gate_voice.of_an_office),
    Gate("rhetoric", "figures of speech are no formulations", gate_voice.rhetorical),
    Gate("nobodys", "a figure of nobody and nowhere", gate_nobodys.nobodys),
    Gate("nobodys", "a quotation of nobody or of no year", gate_nobodys.of_a_quotation),
    Gate("nobodys", "a provision of rules that are not the paper cited", gate_provisions.of_other_rules),
    Gate("baseless", "a growth without what it is measured against", gate_scope.baseless),
    Gate("trimmed", "a share or a growth of what the words before tell", gate_scope.trimmed),
    Gate("aimed", "what is aimed at, told as if it had been reached", gate_aims.aimed),
    Gate("aimed", "what a section of aims tells, as if it had been reached", gate_aims.of_a_section_of_aims),
    Gate("aimed", "what the paragraph says will be done, as if it had been", gate_aims.intended),
    Gate("period", "a figure of five years, told as if of one", gate_scope.of_which_years),
    Gate("period", "a figure of years that the words trimmed away tell", gate_scope.of_years_left_out),
    Gate("period", "a growth of one year in a review of several", gate_scope.of_one_of_several),
    Gate("meeting", "two assemblies in one sentence are taken for one", gate_scope.other_meeting),
    Gate("half_said", "half a sentence, or one without its year or region", gate_frames.half_said),
    Gate("anecdote", "what a story tells by the way is no examination matter", gate_anecdotes.anecdote),
    Gate("exhorting", "calls and slogans could be any row of words", gate_frames.exhorting),
    Gate("advice", "how to learn or to answer is no examination matter", gate_frames.advising),
    Gate("overturned", "of a campaign a later resolution has judged otherwise", gate_overturned.overturned),
    Gate("long", "nobody reads 150 characters to fill one blank", gate_ends.long),
    Gate("short", "too few words to know what is asked", gate_ends.short),
    Gate("cut", "the trimmed sentence does not end as a sentence does", gate_ends.cut_off),
    Gate("cut", "what was to be said comes behind the words kept", gate_goes_on.goes_on),
)
# Is the key whole, telling, not given away, and the only right answer?
KEYS: tuple[Gate, ...] = (
    Gate("key_length", "a key is one to twelve characters, a point forty", gate_keys.key_length),
    Gate("half_term", "half a word or half a term was blanked", gate_keys.half_term),
    Gate("half_term", "half of a range, or of about so many, was blanked", gate_reckoned.of_a_range),
    Gate("generic", "a dozen words could fill the blank", gate_keys.generic),
    Gate("idle", "too exact, one of too many, or a name nobody has to know", gate_idle.idle),
    Gate("given_away", "the answer stands in the stem", gate_keys.given_away),
    Gate("given_away", "the answer is spelt out in brackets behind the blank", gate_half_named.explained),
    Gate("told", "the title cited, or the years given, tell the answer", gate_told.told),
    Gate("reckoned", "the answer can be worked out from the stem", gate_reckoned.reckoned),
    Gate("impossible", "a part that is more than its whole was misprinted", gate_reckoned.impossible),
    Gate("leaks", "half of the answer stands in the stem", gate_worth.leaks),
    Gate("own_words", "the author could have said it otherwise", gate_wording.own_words),
    Gate("recited", "what every paper says in the same words", gate_recited.recited),
    Gate("praise", "a predicate that would fit many things", gate_voice.of_praise),
    Gate("untyped", "nothing shows that a number or a time is wanted, or how exact", gate_worth.untyped),
    Gate("example", "what a rule names by way of example", gate_rules.example),
    Gate("open_frame", "nothing in the stem pins the answer down", gate_open.open_frame),
    Gate("thin", "too few words beside the blank to pin a wording down", gate_frames.thin),
    Gate("ambiguous", "the document itself fills the same frame with other words", gate_ambiguous.ambiguous),
    Gate("ambiguous", "what is demanded beside it was trimmed away", gate_ambiguous.demanded_beside),
    Gate("conflict", "the document tells of another day", gate_ambiguous.founded_twice),
    Gate("conflict", "the document has another value for the same measure", gate_conflict.conflict),
    Gate("unproven", "members found elsewhere may be those of another thing", gate_keys.unproven),
    Gate("measure", "a figure or date without what it is the figure of", gate_keys.unmeasured),
    Gate("edge", "the least there can be is always the smallest of the options", gate_options.at_the_edge),
    Gate("range", "what begins has no range of days", gate_frames.begun_in_a_range),
    Gate("slip", "a name misread, or a word that a character of like shape would make", gate_misread.slipped),
)
# Do the wrong options tempt and none of them stand as right; is a statement false in one thing alone?
OPTIONS: tuple[Gate, ...] = (
    Gate("garbled", "recognition errors and lost characters", gate_options.garbled),
    Gate("slip", "a well-known name misread", gate_options.slipped),
    Gate("unbalanced", "a quotation or bracket opened and never closed", gate_options.unbalanced),
    Gate("key_length", "an option of a choice has twenty characters at most", gate_options.too_long),
    Gate("told", "the title cited tells the answer, unless all options share it", gate_options.told),
    Gate("few_options", "four options, one or more of them wrong", gate_options.few),
    Gate("unlike_options", "options differ in length or form and give the key away", gate_options.unlike),
    Gate("untempting", "at least two options must tempt", gate_options.untempting),
    Gate("untempting", "amounts that whoever counts rules out", gate_ruled_out.ruled_out),
    Gate("backwards", "no option ends before what it ends has begun", gate_options.backwards),
    Gate("past", "a plan for a time gone by is no option", gate_options.past),
    Gate("true_option", "a wrong option that may be right", gate_options.maybe_true),
    Gate("change", "a false statement has exactly one recorded, proper change", gate_options.bad_change),
)
GATES = (*WORDS, *KEYS, *OPTIONS)


def unaskable(draft: Draft, context: Context) -> str | None:
    """The name of the first gate that `draft` fails whatever is offered beside its key."""
    return _words_fail(draft, context) or _first(KEYS, draft, context)


def unfit(draft: Draft, context: Context) -> str | None:
    """The name of the first gate that `draft` fails with its options."""
    return _first(OPTIONS, draft, context)


def _words_fail(draft: Draft, context: Context) -> str | None:
    if draft.kind not in BLANKED:
        return _first(WORDS, draft, context)
    # A blank to fill in and one to choose for have the same words around them.
    name = ("words", id(draft.knowledge), id(draft.frame), draft.stem, draft.key)
    return context.recall(name, lambda: _first(WORDS, draft, context))


def _first(gates: Sequence[Gate], draft: Draft, context: Context) -> str | None:
    for name, _, fails in gates:
        if fails(draft, context):
            return name
    return None
