"""Work in several processes: its results in order, and an end at once whatever they are at."""

from __future__ import annotations

import os
import signal
import sys
from contextlib import closing

import pytest

from studytool.errors import StudyError, WorkFailed
from studytool.workers import worked

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="what is done here has POSIX names")
MANY = range(50)


def squared(number: int) -> int:
    return number * number


def first_or_for_ever(number: int) -> int:
    if number:
        signal.pause()
    return number


def first_or_for_ever_in_a_child(number: int) -> int:
    """As a PDF is read, by a process that the worker forks and waits for."""
    if number and not os.fork():
        signal.pause()
    if number:
        os.wait()
    return number


def refused(number: int) -> int:
    raise StudyError(f"{number} 不行：请换一个")


def killed(number: int) -> int:
    os.kill(os.getpid(), signal.SIGKILL)
    return number


@pytest.mark.parametrize("jobs", [1, 2, 3, 60])
def test_results_come_in_the_order_of_the_things(jobs: int) -> None:
    assert list(worked(squared, MANY, jobs)) == [number * number for number in MANY]


@pytest.mark.parametrize("work", [first_or_for_ever, first_or_for_ever_in_a_child])
def test_nobody_waits_for_what_is_at_work_where_no_more_is_wanted(work: object) -> None:
    with closing(worked(work, MANY, 2)) as made:  # type: ignore[type-var, arg-type]
        assert next(made) == 0


def test_ctrl_c_ends_the_work_at_once() -> None:
    made = worked(first_or_for_ever, MANY, 2)
    assert next(made) == 0
    before = signal.signal(signal.SIGALRM, signal.default_int_handler)
    signal.setitimer(signal.ITIMER_REAL, 0.05)
    try:
        with pytest.raises(KeyboardInterrupt):
            next(made)
    finally:
        signal.signal(signal.SIGALRM, before)


def test_what_the_work_raises_is_raised_here_and_says_where_it_was() -> None:
    with pytest.raises(StudyError, match="0 不行") as raised:
        list(worked(refused, MANY, 2))
    assert "in refused" in raised.value.__notes__[0]


def test_a_process_that_dies_is_one_line() -> None:
    with pytest.raises(WorkFailed, match="一个处理进程意外结束"):
        list(worked(killed, MANY, 2))
