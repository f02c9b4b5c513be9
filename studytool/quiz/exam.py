"""An exam's answers and what its questions are worth -> points by section, and whether it is passed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from studytool.model import Item, ItemKind, Mark
from studytool.quiz.sitting import Answer

# These score part by part, as on paper (studytool.grading); all others are right or not.
IN_PARTS = (ItemKind.CLOZE, ItemKind.SHORT_ANSWER, ItemKind.MATCHING)


@dataclass(frozen=True, slots=True)
class Section:
    """The questions of one kind: how many, how many right, points reached of those there were."""

    kind: ItemKind
    questions: int
    right: int
    points: float
    most: float


@dataclass(frozen=True, slots=True)
class Score:
    """A whole paper."""

    sections: tuple[Section, ...]
    pass_percent: float

    @property
    def points(self) -> float:
        return round(sum(section.points for section in self.sections), 1)

    @property
    def most(self) -> float:
        return sum(section.most for section in self.sections)

    @property
    def passed(self) -> bool:
        return self.most > 0 and 100 * self.points >= self.pass_percent * self.most


def score(asked: Sequence[tuple[Item, float]], answers: Mapping[str, Answer], pass_percent: float) -> Score:
    """The score of a paper: its items with their points; what is not answered is worth nothing."""
    kinds = dict.fromkeys(item.kind for item, _ in asked)
    return Score(tuple(_section(kind, asked, answers) for kind in kinds), pass_percent)


def _section(kind: ItemKind, asked: Sequence[tuple[Item, float]], answers: Mapping[str, Answer]) -> Section:
    of_kind = [(points, answers.get(item.id)) for item, points in asked if item.kind is kind]
    return Section(
        kind=kind,
        questions=len(of_kind),
        right=sum(given is not None and given.verdict.mark is Mark.RIGHT for _, given in of_kind),
        points=round(sum(points * share(given) for points, given in of_kind if given), 1),
        most=sum(points for points, _ in of_kind),
    )


def share(given: Answer) -> float:
    """Which part of its points an answer has earned."""
    verdict = given.verdict
    if verdict.mark is Mark.RIGHT:
        return 1.0
    if given.card.item.kind not in IN_PARTS or not verdict.parts:
        return 0.0
    return sum(part is Mark.RIGHT for part in verdict.parts) / len(verdict.parts)
