"""Reports of learners -> what the group has done, what it retains by topic, and what to discuss next.

The surprising decision: a topic's `known` counts each learner's last answer to each item once, so that
whoever drills one item twenty times does not speak for the group.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from studytool.grading.people import name_meant
from studytool.model import Mark, Met, Report

DISCUSSED = 10


@dataclass(frozen=True, slots=True)
class Tally:
    """Answers counted: shares are None where there is nothing to share."""

    items: int
    answers: int
    right: int
    repeats: int
    repeats_right: int
    known: int

    @property
    def share(self) -> float | None:
        """Right answers among all."""
        return _share(self.right, self.answers)

    @property
    def retention(self) -> float | None:
        """Right answers among those on later days than the first."""
        return _share(self.repeats_right, self.repeats)

    @property
    def known_share(self) -> float | None:
        """Items whose last answer was right."""
        return _share(self.known, self.items)


@dataclass(frozen=True, slots=True)
class Member:
    """Who studied, on how many days, until when, and how well."""

    name: str
    days: int
    last_on: date | None
    seconds: float
    tally: Tally


@dataclass(frozen=True, slots=True)
class Topic:
    """An article, or a kind of knowledge, over all members who met it.

    The tally counts an item once for each of them; `item_count` does not."""

    name: str
    members: int
    item_count: int
    tally: Tally


@dataclass(frozen=True, slots=True)
class ToDiscuss:
    """An item that members got wrong last time, and how many of those who met it."""

    id: str
    stem: str
    key: tuple[str, ...]
    article: str
    met: int
    missed: int


@dataclass(frozen=True, slots=True)
class GroupReport:
    """The group at a glance: the most industrious first, the least known topic first."""

    since: date | None
    until: date | None
    members: tuple[Member, ...]
    articles: tuple[Topic, ...]
    kinds: tuple[Topic, ...]
    to_discuss: tuple[ToDiscuss, ...]


def group_of(reports: Iterable[Report]) -> GroupReport:
    """What the reports of a group's members say together."""
    kept = _named(reports)
    days = [day for report in kept for day in report.days]
    members = (_member(report) for report in kept)
    return GroupReport(
        since=min(days, default=None),
        until=max(days, default=None),
        members=tuple(sorted(members, key=lambda one: (-one.tally.answers, -one.tally.items, one.name))),
        articles=_topics(kept, lambda met: met.article or met.source),
        kinds=_topics(kept, lambda met: met.asks.value),
        to_discuss=_to_discuss(kept),
    )


def _named(reports: Iterable[Report]) -> tuple[Report, ...]:
    """Each report once, each member's latest, and a name for those without."""
    latest: dict[str, Report] = {}
    nameless: list[Report] = []
    meant = (replace(one, learner=one.learner and name_meant(one.learner)) for one in reports)
    for report in dict.fromkeys(meant):
        if report.learner is None:
            nameless.append(report)
        elif report.learner not in latest or _newer(report, latest[report.learner]):
            latest[report.learner] = report
    numbered = (replace(report, learner=f"匿名{number}") for number, report in enumerate(nameless, 1))
    return (*latest.values(), *numbered)


def _newer(report: Report, other: Report) -> bool:
    def reach(one: Report) -> tuple[date, int]:
        return max(one.days, default=date.min), one.answers

    return reach(report) > reach(other)


def tally(met: Iterable[Met]) -> Tally:
    """The sums over some items, as some learners met them."""
    kept = tuple(met)
    return Tally(
        items=len(kept),
        answers=sum(one.answers for one in kept),
        right=sum(one.right for one in kept),
        repeats=sum(one.repeats for one in kept),
        repeats_right=sum(one.repeats_right for one in kept),
        known=sum(one.last is Mark.RIGHT for one in kept),
    )


def _member(report: Report) -> Member:
    name = report.learner or ""
    return Member(name, len(report.days), max(report.days, default=None), report.seconds, tally(report.met))


def _topics(reports: Sequence[Report], name_of: Callable[[Met], str]) -> tuple[Topic, ...]:
    gathered: dict[str, list[tuple[int, Met]]] = {}
    for member, report in enumerate(reports):
        for met in report.met:
            gathered.setdefault(name_of(met), []).append((member, met))
    topics = (
        Topic(
            name,
            len({member for member, _ in found}),
            len({met.id for _, met in found}),
            tally(met for _, met in found),
        )
        for name, found in gathered.items()
    )
    return tuple(sorted(topics, key=lambda one: (one.tally.known_share or 0.0, -one.tally.items, one.name)))


def _to_discuss(reports: Sequence[Report]) -> tuple[ToDiscuss, ...]:
    """What most members got wrong last time; what only one of several did is their own affair."""
    gathered: dict[str, list[Met]] = {}
    for report in reports:
        for met in report.met:
            gathered.setdefault(met.id, []).append(met)
    found = (
        ToDiscuss(
            met[0].id,
            met[0].stem,
            met[0].key,
            met[0].article,
            len(met),
            sum(one.last is not Mark.RIGHT for one in met),
        )
        for met in gathered.values()
    )
    least = 2 if len(reports) > 1 else 1
    missed = [one for one in found if one.missed >= least]
    return tuple(sorted(missed, key=lambda one: (-one.missed, -one.missed / one.met, one.id))[:DISCUSSED])


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 3) if whole else None
