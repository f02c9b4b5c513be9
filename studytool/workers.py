"""The same work on many things, in several processes of this machine: in their order, few ahead at a time."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
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
    stopped = multiprocessing.Event()
    try:
        with ProcessPoolExecutor(
            min(jobs, len(things)), initializer=_obey_parent, initargs=(stopped,)
        ) as pool:
            yield from _in_order(
                (pool.submit(_unless_stopped, work, one) for one in things), stopped, 2 * jobs
            )
    except BrokenProcessPool as error:
        raise WorkFailed(
            "一个处理进程意外结束（多半是内存不足），此前的都已保存：请加 --jobs 1 再试"
        ) from error


def _in_order(futures: Iterable[Future[R]], stopped: Event, most: int) -> Iterator[R]:
    """The results, no more than `most` waiting at a time, so that memory does not grow with the corpus."""
    waiting: deque[Future[R]] = deque()
    try:
        for future in futures:
            waiting.append(future)
            if len(waiting) > most:
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


def _unless_stopped(work: Callable[[T], R], thing: T) -> R:
    if _stopped is not None and _stopped.is_set():
        raise InterruptedError  # nobody waits for it any more
    return work(thing)
