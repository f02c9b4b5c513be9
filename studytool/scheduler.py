"""The address of a dask scheduler -> a connection with a worker behind it, or one line that says why not."""

from __future__ import annotations

import asyncio
import gc
import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from studytool.errors import StudyError

if TYPE_CHECKING:
    from distributed import Client

MISSING = '--cluster 要用 dask：请先运行 pip install "studytool[cluster]"'
UNREACHABLE = "连不上 {} 的 dask 调度器：请检查地址（形如 tcp://主机:8786），并确认 dask scheduler 已启动"
NO_WORKERS = "{} 的调度器没有工作进程：请先用 dask worker {} 启动，再运行同一条命令"


class Patience(NamedTuple):
    """Seconds to wait for the scheduler, and for a first worker or one in place of all that were lost."""

    connect: float = 10
    workers: float = 60


@contextmanager
def connected(address: str, patience: Patience) -> Iterator[Client]:
    """A connection with a worker behind it. What dask says in many lines comes back as an error in one."""
    with _quiet():
        try:
            from distributed import Client  # noqa: PLC0415
        except ImportError as error:
            raise StudyError(MISSING) from error
        _knock(address, patience)
        try:
            with _no_collecting():
                client = Client(address, timeout=patience.connect, set_as_default=False)
        except (OSError, ValueError) as error:
            raise StudyError(UNREACHABLE.format(address)) from error
        try:
            _wait_for_workers(client, address, patience)
            yield client
        finally:
            client.close(timeout=patience.connect)  # with it the scheduler drops what is still under way


def _knock(address: str, patience: Patience) -> None:
    """Raises StudyError where nobody is there who speaks as dask does. A client that was never connected
    would end with a traceback, and before a server of another kind it waits for ever."""
    try:
        asyncio.run(asyncio.wait_for(_greeted(address, patience), patience.connect))
    except Exception as error:  # each protocol has errors of its own: TLS, web sockets, names
        raise StudyError(UNREACHABLE.format(address)) from error


async def _greeted(address: str, patience: Patience) -> None:
    from distributed.comm.core import connect  # noqa: PLC0415 - as in `connected`
    from distributed.security import Security  # noqa: PLC0415

    known = Security().get_connection_args("client")
    (await connect(address, timeout=patience.connect, **known)).abort()


@contextmanager
def _no_collecting() -> Iterator[None]:
    """A client that failed to connect, collected while another starts, waits for a lock that one holds."""
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _wait_for_workers(client: Client, address: str, patience: Patience) -> None:
    try:
        client.wait_for_workers(1, timeout=patience.workers)
    except TimeoutError as error:
        raise StudyError(NO_WORKERS.format(address, address)) from error


@contextmanager
def _quiet() -> Iterator[None]:
    before = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logging.disable(before)
