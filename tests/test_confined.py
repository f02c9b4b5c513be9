"""A reader that never ends, takes all memory or crashes is one line; what others say comes through."""

from __future__ import annotations

import os
import signal
import sys
import time

import pytest

from studytool.errors import UnreadableSource
from studytool.sources.assembly import Extract
from studytool.sources.confined import confined, limited
from studytool.sources.formats import Content

FILE = Content("文.pdf", b"abc")
pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="the system cannot fork")


def sound(content: Content) -> Extract:
    return Extract(content.data.decode(), ())


def unreadable(_content: Content) -> Extract:
    raise UnreadableSource("这个 PDF 设了密码；请去掉密码后再试")


def mistaken(_content: Content) -> Extract:
    raise ValueError("我们的缺陷")


def crashing(content: Content) -> Extract:
    os.kill(os.getpid(), signal.SIGKILL)
    return sound(content)


def endless(content: Content) -> Extract:
    with limited(0.1):
        while True:
            time.process_time()
    return sound(content)


def greedy(content: Content) -> Extract:
    with limited(60):
        taken = [bytes(1 << 28) for _ in range(64)]
    return sound(content) if taken else unreadable(content)


def recovered(content: Content) -> Extract:
    """What is limited is limited no more behind it."""
    with limited(0.5):
        pass
    started = time.process_time()
    while time.process_time() < started + 2.1:
        pass
    return sound(content)


def test_what_is_read_comes_through() -> None:
    assert confined(sound, FILE).text == "abc"
    assert confined(recovered, FILE).text == "abc"


@pytest.mark.parametrize(("read", "error"), [(unreadable, UnreadableSource), (mistaken, ValueError)])
def test_what_is_raised_comes_through(read: object, error: type[Exception]) -> None:
    with pytest.raises(error, match=r"密码|我们的缺陷"):
        confined(read, FILE)  # type: ignore[arg-type]


@pytest.mark.parametrize("read", [crashing, endless])
def test_what_crashes_or_never_ends_is_one_line(read: object) -> None:
    with pytest.raises(UnreadableSource, match=r"太复杂或已损坏.*；请"):
        confined(read, FILE)  # type: ignore[arg-type]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells what a process has")
def test_what_takes_all_memory_is_one_line() -> None:
    with pytest.raises(UnreadableSource, match=r"太复杂或已损坏.*；请"):
        confined(greedy, FILE)


def test_nothing_is_limited_in_the_process_of_the_caller() -> None:
    with limited(0.0):
        assert sum(range(10_000)) == 49_995_000
