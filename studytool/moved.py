"""The documents of the bank and the files of a build -> which files are documents under a new path, and which
documents are there no more.

A file that was renamed, or lies in a folder that was, is the same document: it keeps its items' home, and
what was assumed of it. Known by its bytes and by nothing being left where it was; what was withdrawn is not
known so, and comes back under another name.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import NamedTuple

from studytool import sources
from studytool.model import Source
from studytool.sources import Discovery
from studytool.sources.content import MEMBER, STANDARD_INPUT
from studytool.stamps import stamp
from studytool.store import documents, homes, withdrawal
from studytool.store.bank import Bank


class Moved(NamedTuple):
    """A document that lies elsewhere now: the path it had, and where it is."""

    before: str
    now: Source


def follow(bank: Bank, found: Sequence[Source], at: datetime) -> tuple[Moved, ...]:
    """Let the bank know its documents by the paths they have been moved to; which they were."""
    known = documents.stamps(bank)
    here = {source.path for source in found}
    absent: defaultdict[str, list[str]] = defaultdict(list)
    for path in sorted(filter(_is_file, known.keys() - here), reverse=True):
        absent[known[path]].append(path)
    if not absent:
        return ()
    fresh = [source for source in found if source.path not in known and _is_file(source.path)]
    moved = tuple(_moved(fresh, absent, documents.assumed_days(bank)))
    if not moved:
        return ()
    with bank.writing():
        known = documents.stamps(bank)  # another build may have been faster
        moved = tuple(one for one in moved if one.before in known and one.now.path not in known)
        for one in moved:
            homes.move(bank, one.before, one.now, at)
    return moved


class Gone(NamedTuple):
    """Documents of folders that were looked through and have them no more; `items` stand in no other."""

    paths: tuple[str, ...]
    items: int


def gone(bank: Bank, found: Discovery, paths: Sequence[str]) -> Gone:
    """What the bank knows in the folders among `paths` and `found` does not; to be asked after `follow`."""
    here = {source.path for source in found.sources}
    # What was skipped may be a folder nobody may look into, or an archive.
    within = tuple(f"{skipped.path}{end}" for skipped in found.skipped for end in (os.sep, MEMBER))
    folders = dict.fromkeys(os.path.abspath(path) for path in paths if os.path.isdir(path))  # noqa: PTH100, PTH112
    absent = [path for folder in folders for path in withdrawal.below(bank, folder) if path not in here]
    left = tuple(dict.fromkeys(path for path in absent if not f"{path}{os.sep}".startswith(within)))
    return Gone(left, withdrawal.alone_in(bank, left) if left else 0)


def _is_file(path: str) -> bool:
    return path != STANDARD_INPUT


def _moved(
    fresh: Sequence[Source], absent: Mapping[str, list[str]], days: Mapping[str, date]
) -> Iterator[Moved]:
    """Which fresh sources are documents that are absent; of several alike the first is the first."""
    given = {days[path] for paths in absent.values() for path in paths if path in days}
    for source in fresh:
        alike = next(filter(None, map(absent.get, _stamps(source, given))), [])
        while alike:
            before = alike.pop()
            if not sources.again([before]).sources:
                yield Moved(before, source)
                break


def _stamps(source: Source, days: set[date]) -> Iterator[str]:
    """The stamp of a source, and those it has with the days people gave for documents without one."""
    yield stamp(source)
    if not source.note.assumed_on:
        for day in sorted(days):
            yield stamp(replace(source, note=replace(source.note, assumed_on=day)))
