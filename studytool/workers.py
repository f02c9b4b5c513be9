"""The same work on many things, in several processes of this machine: in their order, few ahead at a time."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.synchronize import Event
from typing import TypeVar

from studytool.errors import WorkFailed

T = TypeVar("T")
R = TypeVar("R")
_stopped: Event | None = None  # in a worker: has the work been given up?


def worked(work: Callable[[T], R], things: Sequence[T], jobs: int) -> Iterator[R]:
    """What `work`, a function of a module, gives of each of `things`; raises WorkFailed if a process dies."""
    try:
        for result in _pooled(work, things, jobs):
            if result is not None:
                yield result
    except BrokenProcessPool as error:
        raise WorkFailed(
            "一个处理进程意外结束（多半是内存不足），此前的都已保存：请加 --jobs 1 再试"
        ) from error


def _pooled(work: Callable[[T], R], things: Sequence[T], jobs: int) -> Iterator[R | None]:
    stopped = multiprocessing.Event()
    with ProcessPoolExecutor(min(jobs, len(things)), initializer=_obey_parent, initargs=(stopped,)) as pool:
        waiting: deque[Future[R | None]] = deque()
        try:
            for thing in things:
                waiting.append(pool.submit(_unless_stopped, work, thing))
                # Few results wait at a time, so that memory does not grow with the corpus.
                if len(waiting) > 2 * jobs:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            stopped.set()  # what the workers have been handed can be cancelled no more
            for future in waiting:
                future.cancel()


def _obey_parent(stopped: Event) -> None:
    """Let a worker end when the parent is killed (else it would wait for work for ever), and leave Ctrl-C to
    the parent, which lets it finish what it is at: dying with a lock it would hang the rest."""
    global _stopped  # noqa: PLW0603 - of this worker
    _stopped = stopped
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()

    def watch() -> None:
        if parent is not None:
            parent.join()
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def _unless_stopped(work: Callable[[T], R], thing: T) -> R | None:
    return None if _stopped is not None and _stopped.is_set() else work(thing)
