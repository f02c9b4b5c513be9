"""Sources -> harvests, made by the workers of a dask.distributed scheduler, in the order of the sources.

What travels is a document's bytes, not its text: reading Word, PDF and scans is part of the heavy work, and a
file that brings its reader down costs a worker, not the build. Workers need no file system in common with it.

The surprising decision: the task sent is `pickle.loads`, and unpacking does the work. A worker without our
code would fail without a word on a task that names it; so it is named inside the bytes only.
"""

from __future__ import annotations

import pickle
import socket
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from functools import cache, partial
from importlib.metadata import PackageNotFoundError, version
from itertools import count
from typing import TYPE_CHECKING, NamedTuple

from studytool import pipeline, sources, stamps
from studytool.errors import StudyError, UnreadableSource, WorkFailed
from studytool.limits import MEGABYTE
from studytool.model import Harvest, Source
from studytool.scheduler import Patience, connected
from studytool.sources.content import content_of
from studytool.sources.formats import Content

if TYPE_CHECKING:
    from distributed import Client, Future

# The libraries that decide what is read and where words end: the same items need the same of them.
LIBRARIES = ("rjieba", "pypdfium2", "python-docx", "selectolax", "rapidocr")
# Documents under way for each thread of the cluster: enough that none waits for work while the next result in
# order is late. Their bytes are bounded too, so that memory grows with neither the corpus nor its files.
AHEAD = 4
BYTES_AHEAD = 64 * MEGABYTE
SIZED_EVERY = 32  # documents, after which the threads are counted anew: workers come and go
GLANCE_SECONDS = 2  # how often a wait looks whether there is still somebody to wait for

GONE = "{} 的工作进程全部断开，此前完成的都已保存：请重新启动 dask worker，再运行同一条命令"
CUT_OFF = "与 {} 的调度器断开了，此前完成的都已保存：请检查网络和调度器，再运行同一条命令"
OTHER = "工作进程与本机不一致（{}）：请在各节点安装相同版本的 studytool[cluster]，重启 dask worker 后再试"
KILLED = (
    "处理它的工作进程接连意外结束（多半是内存不足或文件已损坏），没有收入；重新运行会再试，也可单独检查它"
)

# What a worker is asked to have the same: a name to say, and its value.
Trait = tuple[str, str]
_one_at_a_time = threading.Lock()  # pdfium must not be used by two threads, and one runs at a time anyway


def on(address: str, patience: Patience = Patience()) -> pipeline.Maker:  # noqa: B008 - it cannot change
    """Makes harvests on the cluster whose scheduler is at `address`."""
    return partial(_harvests, address=address, patience=patience)


# ---- on the worker --------------------------------------------------------------------------------


class Errand:
    """A document on its way to a worker; where it is unpacked it turns into what `answer` gives."""

    def __init__(self, source: Source, content: Content, wanted: tuple[Trait, ...]) -> None:
        # Packed once more: of another version even the types may be other ones.
        self.given = (wanted, pickle.dumps((source, content)))

    def __reduce__(self) -> tuple[Callable[..., bytes | str], tuple[object, ...]]:
        return answer, self.given


def answer(wanted: tuple[Trait, ...], packed: bytes) -> bytes | str:
    """The packed harvest (or reason to skip) of a packed document; what differs, if this worker would
    make other items than the build that asks."""
    others = set(traits())
    different = [f"{name} {value or '（未安装）'}" for name, value in wanted if (name, value) not in others]
    if different:
        return f"{socket.gethostname()} 上不是 {'、'.join(different)}"
    source, content = pickle.loads(packed)
    with _one_at_a_time:
        return pickle.dumps(_harvest(source, content))


def _harvest(source: Source, content: Content) -> Harvest | str:
    try:
        return pipeline.harvest_or_skip(sources.taken_in(source, content))
    except UnreadableSource as problem:
        return str(problem)


@cache
def traits() -> tuple[Trait, ...]:
    """What a document's items depend on beside its bytes and note."""
    return (
        ("规则", stamps.rules()[:12]),
        ("Python", f"{sys.version_info.major}.{sys.version_info.minor}"),
        *((name, _version(name)) for name in LIBRARIES),
    )


def _version(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return ""


# ---- where the build runs -------------------------------------------------------------------------


def _harvests(stale: Sequence[Source], address: str, patience: Patience) -> Generator[Harvest | str]:
    if not stale:
        return
    with connected(address, patience) as client:
        courier = _Courier(client, address, patience)
        room = 0
        for number, source in enumerate(stale):
            if number % SIZED_EVERY == 0:
                room = AHEAD * max(1, courier.threads())
            courier.send(source)
            while len(courier.waiting) > room or courier.bytes_waiting() > BYTES_AHEAD:
                yield courier.next_result()
        while courier.waiting:
            yield courier.next_result()


class _Sent(NamedTuple):
    """A document under way, and its bytes; or why it could not be sent."""

    source: Source
    future: Future[bytes | str] | str
    size: int = 0


class _Courier:
    """Sends documents and waits for what is made of them, as long as there is somebody to make it."""

    def __init__(self, client: Client, address: str, patience: Patience) -> None:
        self.client = client
        self.address = address
        self.patience = patience
        self.waiting = deque[_Sent]()
        self.numbers = count()

    def send(self, source: Source) -> None:
        """Put the document under way, behind those that are."""
        self.waiting.append(self._sent(source))

    def bytes_waiting(self) -> int:
        """How much is under way."""
        return sum(sent.size for sent in self.waiting)

    def threads(self) -> int:
        """How many documents the cluster can make at once."""
        with _cut_off(self.address):
            return sum(self.client.nthreads().values())

    def next_result(self) -> Harvest | str:
        """What was made of the document that waits longest, or why nothing was."""
        sent = self.waiting.popleft()
        if isinstance(sent.future, str):
            return sent.future
        given = self._given(sent.future) or self._given_alone(sent.source)
        if given is None:
            return KILLED
        if isinstance(given, str):
            raise StudyError(OTHER.format(given))
        harvest: Harvest | str = pickle.loads(given)
        return harvest

    def _sent(self, source: Source) -> _Sent:
        try:
            content = content_of(source.path)
        except UnreadableSource as problem:
            return _Sent(source, str(problem))
        packed = pickle.dumps(Errand(source, content, traits()))
        number = next(self.numbers)
        # Of one name, so that the scheduler hands them out as workers come free and not all at once; and
        # the first first, because results are wanted in order.
        key = (self.client.id, number)
        future = self.client.submit(pickle.loads, packed, key=key, priority=-number)
        return _Sent(source, future, len(packed))

    def _given_alone(self, source: Source) -> bytes | str | None:
        """Once more, with nothing else under way: what kills a worker takes its neighbours along."""
        for other in self.waiting:
            if not isinstance(other.future, str):
                self._given(other.future)
        sent = self._sent(source)
        return self._given(sent.future) if not isinstance(sent.future, str) else None

    def _given(self, future: Future[bytes | str]) -> bytes | str | None:
        """What the worker gives; None if several have ended over it."""
        from distributed import KilledWorker  # noqa: PLC0415 - as in `scheduler`

        try:
            return self._awaited(future)
        except KilledWorker:
            return None
        except ImportError as error:  # there is no studytool, or one without clusters
            raise StudyError(OTHER.format(error)) from error

    def _awaited(self, future: Future[bytes | str]) -> bytes | str:
        from distributed import wait  # noqa: PLC0415 - as in `scheduler`

        seen_at = time.monotonic()
        while True:
            with _cut_off(self.address), self.client.as_current():
                try:
                    wait([future], timeout=min(GLANCE_SECONDS, self.patience.workers))
                    return future.result(timeout=self.patience.workers)
                except TimeoutError:
                    pass
            if self.threads():
                seen_at = time.monotonic()
            elif time.monotonic() - seen_at > self.patience.workers:
                raise WorkFailed(GONE.format(self.address))


@contextmanager
def _cut_off(address: str) -> Iterator[None]:
    """What the end of the connection looks like to dask, in one line."""
    from concurrent.futures import CancelledError  # noqa: PLC0415

    try:
        yield
    except TimeoutError:
        raise
    except (OSError, CancelledError) as error:
        raise WorkFailed(CUT_OFF.format(address)) from error
