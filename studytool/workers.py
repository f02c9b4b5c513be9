"""The same work on many things, in several processes of this machine: in their order, few ahead at a time.

Each process has a line of its own to a thread of ours, and shares no lock with any other: so all of them
can be ended at any moment, as by Ctrl-C, and nobody waits for what they were at. (A pool of the library
would: whoever dies there with the lock of a queue, or in the middle of an answer, hangs it.)
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import traceback
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from functools import partial
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from queue import SimpleQueue
from typing import Any, NamedTuple, TypeVar

from studytool.errors import WorkFailed
from studytool.passing import undisturbed

T = TypeVar("T")
R = TypeVar("R")


class Raised(NamedTuple):
    """What the work raised in its process, to be raised here."""

    error: Exception


def worked(work: Callable[[T], R], things: Sequence[T], jobs: int) -> Iterator[R]:
    """What `work`, a function of a module, gives of each of `things`; raises WorkFailed if a process dies."""
    count = min(jobs, len(things))
    # The processes are there before the first thread: one that forks may hold what its copy then waits for.
    with ThreadPoolExecutor(count) as pool, _processes(work, count) as idle:
        do = partial(_done_by_one, idle)
        yield from _in_order((pool.submit(do, one) for one in things), 2 * jobs)


def _in_order(futures: Iterable[Future[R]], most: int) -> Iterator[R]:
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
        for future in waiting:
            future.cancel()


@contextmanager
def _processes(work: Callable[[T], R], count: int) -> Iterator[SimpleQueue[Connection]]:
    """The lines to so many processes that do the work; they end with this, whatever they are at."""
    started: list[BaseProcess] = []
    idle: SimpleQueue[Connection] = SimpleQueue()
    try:
        with undisturbed():
            for _ in range(count):
                ours, theirs = multiprocessing.Pipe()
                started.append(multiprocessing.Process(target=_serve, args=(work, theirs), daemon=True))
                started[-1].start()
                theirs.close()  # so that it is known here when that process has gone
                idle.put(ours)
        yield idle
    finally:
        with undisturbed():
            for process in started:
                _end(process)


def _end(process: BaseProcess) -> None:
    """End a process, and the reader it may have started (`sources.confined`), which would hold its line."""
    if process.pid is None:
        return
    if hasattr(os, "killpg"):
        with suppress(OSError):  # it has gone, or has not come so far as to lead a group
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()
    process.join()


def _done_by_one(idle: SimpleQueue[Connection], thing: T) -> Any:
    """In a thread: what a process that is idle makes of a thing."""
    line = idle.get()
    try:
        line.send(thing)
        found = line.recv()
    except (EOFError, OSError) as error:
        raise WorkFailed(
            "一个处理进程意外结束（多半是内存不足），此前的都已保存：请加 --jobs 1 再试"
        ) from error
    finally:
        idle.put(line)  # also where nobody is at its other end: who takes it is told so, and does not wait
    if isinstance(found, Raised):
        raise found.error
    return found


def _serve(work: Callable[[T], R], line: Connection) -> None:
    """In a process: do the work on what comes, until nothing more can come."""
    _obey_parent()
    with suppress(EOFError, OSError):
        while True:
            line.send(_found(work, line.recv()))


def _found(work: Callable[[T], R], thing: T) -> R | Raised:
    try:
        return work(thing)
    except Exception as error:  # noqa: BLE001 - raised where the result is waited for
        error.add_note(traceback.format_exc())  # where it was, which does not go with it
        return Raised(error)


def _obey_parent() -> None:
    """Let this process end when its parent is killed (else it would wait for work for ever), and leave Ctrl-C
    to the parent. In a group of its own it can be ended together with what it has started."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if hasattr(os, "setpgid"):
        os.setpgid(0, 0)
    parent = multiprocessing.parent_process()

    def watch() -> None:
        if parent is not None:
            parent.join()
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
