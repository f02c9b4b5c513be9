"""The order of the stages: read -> reconstruct -> split -> find -> write and judge -> keep.

A document's items depend on that document, what is said of it and the rules, and on nothing else. So
documents can be made on all cores, kept in any number of calls, and only what changed is made again.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import date, datetime
from functools import partial

from studytool import moved, sources, unread
from studytool.errors import StudyError
from studytool.model import BuildReport, Document, Harvest, JointNote, Source
from studytool.sources import Discovery
from studytool.sources.noted import FILE_NAME
from studytool.stamps import stamp
from studytool.store import documents, homes, measures
from studytool.store.bank import Bank

# Told after each document: how many are done, of how many, and which one it was.
Progress = Callable[[int, int, str], None]
# Gives what each source gives, or why it cannot be read: in their order, wherever it is made.
Maker = Callable[[Sequence[Source]], Generator[Harvest | str]]


def harvest(document: Document) -> Harvest:
    """All that one document gives."""
    # Loaded by the first document that is made: a build that finds nothing changed needs none of it.
    from studytool import articles, items, knowledge, sentences  # noqa: PLC0415

    pieces = articles.reconstruct(document)
    split = tuple(sentence for article in pieces for sentence in sentences.split(article))
    found = knowledge.find(split)
    judged = items.write(found, split)
    return Harvest(
        document=document,
        articles=pieces,
        sentence_count=len(split),
        knowledge_count=len(found),
        items=judged.items,
        dropped=Counter(one.gate for one in judged.dropped),
        doubts=(
            *((piece.id, doubt) for piece in pieces[:1] for doubt in unread.doubts(document)),
            *((one.article.id, doubt) for one in split for doubt in sentences.doubts_in(one)),
        ),
    )


def discover(paths: Sequence[str], assumed_on: date | None = None) -> Discovery:
    """The sources in files and folders, and what cannot be taken in; `assumed_on` is the day of those
    that nothing else dates."""
    found = sources.discover(paths)
    if assumed_on is None:
        return found
    return replace(found, sources=tuple(_assumed(source, assumed_on) for source in found.sources))


def _assumed(source: Source, day: date | None) -> Source:
    if day is None or source.note.assumed_on:
        return source  # the same value, not a copy: there may be a million of them
    return replace(source, note=replace(source.note, assumed_on=day))


def build(
    bank: Bank, found: Discovery, at: datetime, *, jobs: int = 1, progress: Progress = lambda *_: None
) -> BuildReport:
    """Make the items of the sources that are new or changed, on so many cores, and keep them.

    What cannot be read is named in the report's `skipped`; everything else is kept."""
    return build_by(on_cores(jobs), bank, found, at, progress)


def inherit(bank: Bank, at: datetime) -> BuildReport:
    """Make those documents anew whose items have lost the document that worded them."""
    return build(bank, Discovery((), ()), at)


def build_by(
    make: Maker, bank: Bank, found: Discovery, at: datetime, progress: Progress = lambda *_: None
) -> BuildReport:
    """`build` with the items made by `make`; each document is kept as soon as it is its turn.

    Documents that inherit items are made too, wherever they are: what they word was worded by another."""
    renamed = moved.follow(bank, found.sources, at)
    known, days = documents.stamps(bank), documents.assumed_days(bank)
    wanted = [_assumed(s, days[s.path]) if s.path in days else s for s in found.sources]
    stale = tuple(source for source in wanted if known.get(source.path) != stamp(source))
    report = replace(nothing(found), moved=tuple((one.before, one.now.path) for one in renamed))
    done, skipped = len(wanted) - len(stale), dict[str, str]()
    for turn in _turns(bank, stale, {source.path: source for source in wanted}, skipped):
        total = done + len(turn)
        with closing(make(turn)) as made:  # so that its processes end, whatever ends the build
            for source, result in zip(turn, made, strict=True):
                if isinstance(result, Harvest):
                    unseen = (doubt.reason for doubt in unread.doubts(result.document))
                    told = tuple((source.path, reason) for reason in (*unseen, *_unheeded(result)))
                    report = _added(report, _kept(bank, result, stamp(source), at))
                    report = replace(report, unread=(*report.unread, *told))
                else:
                    skipped[source.path] = result
                done += 1
                progress(done, total, source.name)
    report = replace(report, skipped=(*report.skipped, *skipped.items()))
    return _counted(bank, report, tuple(s for s in found.sources if s.path not in skipped))


def _turns(
    bank: Bank, stale: tuple[Source, ...], here: Mapping[str, Source], skipped: dict[str, str]
) -> Iterator[tuple[Source, ...]]:
    """What is to be made: the stale sources, then the heirs of what these no longer hold, and so on.
    Heirs that cannot be read are added to what is `skipped`, and passed over.

    It ends, as a document that is made once more gives the same, and leaves nothing behind again."""
    turn = stale
    while True:
        waiting = homes.heirs(bank)
        for path in waiting:
            if path in skipped:
                homes.pass_over(bank, path)
        if any(path in skipped for path in waiting):
            continue
        found = _heirs(bank, [path for path in waiting if path not in {one.path for one in turn}], here)
        skipped.update(found.skipped)
        turn = (*turn, *found.sources)
        if turn:
            yield turn
        elif not found.skipped:
            return
        turn = ()


def _heirs(bank: Bank, paths: Sequence[str], here: Mapping[str, Source]) -> Discovery:
    """The sources at these paths of the bank: those `here`, in this build, and others wherever they lie."""
    if not paths:
        return Discovery((), ())
    days = documents.assumed_days(bank)
    elsewhere = sources.again([path for path in paths if path not in here])
    found = (*(here[path] for path in paths if path in here), *elsewhere.sources)
    return Discovery(tuple(_assumed(one, days.get(one.path)) for one in found), elsewhere.skipped)


def _kept(bank: Bank, harvest: Harvest, stamped: str, at: datetime) -> documents.Kept:
    """Keep a document, and hold back what it and others contradict each other in."""
    from studytool import conflicts  # noqa: PLC0415 - as in `harvest`

    found = conflicts.measures(harvest.items)
    with bank.writing(durable=False):
        touched = measures.of_document(bank, harvest.document.source.path) | set(found.values())
        kept = documents.keep(bank, harvest, stamped, at)
        measures.put(bank, found)
        weigh(bank, touched)
    return kept


def weigh(bank: Bank, touched: Iterable[int]) -> None:
    """Hold back the items of these measures that give different values, and no others of them."""
    from studytool import conflicts  # noqa: PLC0415 - as in `harvest`

    touched = frozenset(touched)
    if touched:
        measures.hold_back(bank, touched, conflicts.contested(measures.rivals(bank, touched)))


def check_joints(source: Source, joints: Sequence[JointNote]) -> None:
    """Raises StudyError unless the source, read with its note, has these joints as a person says."""
    if not joints:
        return
    from studytool import articles  # noqa: PLC0415 - as in `harvest`

    pieces = articles.reconstruct(sources.read(source))
    for joint in joints:
        if not any(articles.is_said(one, joint) for piece in pieces for one in piece.joints):
            sides = f"“{joint.left}”和“{joint.right}”" if joint.right else f"“{joint.left}”"
            raise StudyError(f"{source.name}：接不上 {sides}；请照原文写出断开处两边的几个字")


def nothing(found: Discovery) -> BuildReport:
    """The report before any source has been taken in."""
    return BuildReport(skipped=tuple((skip.path, skip.reason) for skip in found.skipped))


def on_cores(jobs: int) -> Maker:
    """Makes harvests in so many processes of this machine."""
    return partial(_on_cores, jobs=jobs)


def _on_cores(stale: Sequence[Source], jobs: int) -> Generator[Harvest | str]:
    if jobs < 2 or len(stale) < 2 or any(source.path == "-" for source in stale):
        yield from map(_harvest_source, stale)
        return
    from studytool.workers import worked  # noqa: PLC0415 - as in `harvest`

    _load_stages()
    yield from worked(_harvest_source, stale, jobs)


def _load_stages() -> None:
    """Load them, and the dictionary, before there are several processes: what is forked is shared."""
    from studytool import articles, items, knowledge, sentences, words  # noqa: F401, PLC0415

    words.is_word("")


def _harvest_source(source: Source) -> Harvest | str:
    read = sources.read_or_skip(source)
    return harvest_or_skip(read) if isinstance(read, Document) else read.reason


def harvest_or_skip(document: Document) -> Harvest | str:
    """The document's harvest; where the program has a defect, what went wrong and where, so that one
    document among a million does not cost the others."""
    try:
        return harvest(document)
    except (StudyError, MemoryError):
        raise
    except Exception as error:  # noqa: BLE001 - nothing is known of a defect before it is met
        from traceback import extract_tb  # noqa: PLC0415 - as in `harvest`

        place = extract_tb(error.__traceback__)[-1]
        where = f"{os.path.basename(place.filename)}:{place.lineno}"  # noqa: PTH119 - no Path is needed here
        return f"出题时程序出错（{where} {error!r}），没有收入；这是程序的缺陷，请连同文件报给维护者"


def _unheeded(result: Harvest) -> Iterator[str]:
    """What is said of articles that the document does not have: a title may be read otherwise by now."""
    there = {name for article in result.articles for name in (article.id, article.title)}
    for note in result.document.source.note.articles:
        if not there & {note.of, note.title}:
            yield f"{FILE_NAME} 说到的文章“{note.of}”不在里面，没有用上；请照 studytool articles 的题名写"


def _added(report: BuildReport, kept: documents.Kept) -> BuildReport:
    return replace(
        report,
        new=report.new + kept.new,
        changed=report.changed + kept.changed,
        retired=report.retired + kept.retired,
    )


def _counted(bank: Bank, report: BuildReport, taken: Sequence[Source]) -> BuildReport:
    figures = documents.figures(bank, *(source.path for source in taken))
    return replace(
        report,
        documents=len(taken),
        articles=figures.articles,
        sentences=figures.sentences,
        knowledge=figures.knowledge,
        items=figures.items,
        dropped=tuple(figures.dropped.items()),
    )
