"""A source's path -> its bytes, with the suffix of its name.

Archives are never unpacked to disk; a member is read into memory under a limit, so neither a path
like `../x` nor a zip bomb can do anything.
"""

from __future__ import annotations

import os
import re
import sys
import zipfile
from collections import Counter
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import IO, BinaryIO

from studytool import named
from studytool.broken import BROKEN_ARCHIVE
from studytool.errors import UnreadableSource
from studytool.limits import LARGEST, MEGABYTE
from studytool.named import too_large
from studytool.sources.formats import Content, suffix_of

STANDARD_INPUT = "-"
MEMBER = "!/"  # between an archive and its member


def content_of(path: str) -> Content:
    """The bytes at `path` (a file, a member of an archive, standard input), if not too many."""
    if path == STANDARD_INPUT:
        return Content("", standard_input())
    archive = file_of(path)
    if archive != path:
        member = path[len(archive + MEMBER) :]
        opened, infos = _opened(archive, _stamp(archive))
        info = infos.get(member)
        if info is None:
            raise UnreadableSource("压缩包里没有这个文件；请检查压缩包")
        return Content(suffix_of(member), member_bytes(opened, info))
    return Content(suffix_of(path), file_bytes(path))


def file_of(path: str) -> str:
    """The file a source's path names: itself, or the archive it is in; a folder may be called 重要!, too."""
    if MEMBER not in path or os.path.exists(path):  # noqa: PTH110 - unlike Path.exists this takes any name
        return path
    above = [path[: mark.start()] for mark in re.finditer(MEMBER, path)]
    return next((one for one in above if os.path.isfile(one)), above[0])  # noqa: PTH113 - takes any name, too


# ---- files ----------------------------------------------------------------------------------------


def file_bytes(path: str) -> bytes:
    """The bytes of a file that somebody named, of whatever kind; never waits, never takes all memory."""
    refuse_name(path)
    return named.bytes_of(path)


def refuse_name(path: str) -> None:
    """Raise UnreadableSource for a name in another encoding: no bank can keep it, no screen can show it."""
    try:
        path.encode()
    except UnicodeEncodeError:
        raise UnreadableSource("文件名不是 UTF-8（多半是从 GBK 压缩包解出来的）；请改名再试") from None


@cache
def standard_input() -> bytes:
    """All of standard input; it can be read only once, so it is kept."""
    return named.at_most(sys.stdin.buffer)


# ---- archives -------------------------------------------------------------------------------------

MOST_MEMBERS = 10_000
MOST_UNPACKED = 1024 * MEGABYTE
# Prose packs 3 to 20 times; beyond this (and beyond a size that cannot hurt) it is a bomb.
MOST_RATIO = 200
HARMLESS = MEGABYTE


def open_archive(path: str | BinaryIO) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(path)
    except FileNotFoundError:
        raise UnreadableSource("找不到这个压缩包；请检查路径") from None
    except PermissionError as problem:
        raise UnreadableSource(named.why(problem)) from None
    except BROKEN_ARCHIVE:
        raise UnreadableSource("压缩包已损坏，打不开；请重新压缩或解压后再试") from None


@lru_cache(maxsize=1)
def _opened(path: str, _stamp: tuple[int, ...]) -> tuple[zipfile.ZipFile, dict[str, zipfile.ZipInfo]]:
    """An archive and its files: its directory is read once for them all; that of ten thousand is long."""
    archive = open_archive(path)
    return archive, members(archive)


def _stamp(path: str) -> tuple[int, ...]:
    """What changes when a file does. A process has its own: two would read at one place of an open file."""
    try:
        status = os.stat(path)  # noqa: PTH116 - of a string, as all paths here
    except OSError:
        return ()  # opening it will say why
    return os.getpid(), status.st_mtime_ns, status.st_size, status.st_ino


def members(archive: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    """The files of an archive by name, in their order; refuses what is made to overflow us."""
    infos = archive.infolist()
    if len(infos) > MOST_MEMBERS:
        raise UnreadableSource(f"压缩包里的文件超过 {MOST_MEMBERS} 个；请解压后分批处理")
    if sum(info.file_size for info in infos) > MOST_UNPACKED:
        raise UnreadableSource(f"压缩包解开后超过 {MOST_UNPACKED // MEGABYTE} MB；请解压后分批处理")
    return {_member_name(info): info for info in infos if not info.filename.endswith("/")}


def named_twice(archive: zipfile.ZipFile) -> tuple[str, ...]:
    """The names that several files of an archive have; of those the last is read."""
    counts = Counter(_member_name(info) for info in archive.infolist() if not info.filename.endswith("/"))
    return tuple(name for name, count in counts.items() if count > 1)


def _member_name(info: zipfile.ZipInfo) -> str:
    """Chinese Windows writes names in GBK and does not say so; zipfile then reads code page 437."""
    if info.flag_bits & 0x800:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        return info.filename


def member_bytes(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    if info.file_size > max(HARMLESS, MOST_RATIO * info.compress_size):
        raise UnreadableSource("压缩比高得不正常，像压缩炸弹，没有解开；请解压检查后再试")
    if info.flag_bits & 0x1:
        raise UnreadableSource("压缩包设了密码；请去掉密码或解压后再试")
    try:
        with archive.open(info) as stream:
            return b"".join(_chunks(stream, LARGEST))
    except BROKEN_ARCHIVE:
        raise UnreadableSource("压缩包里的这个文件已损坏；请重新压缩或解压后再试") from None


def _chunks(stream: IO[bytes], limit: int) -> Iterator[bytes]:
    taken = 0
    while chunk := stream.read(MEGABYTE):
        taken += len(chunk)
        if taken > limit:
            raise UnreadableSource(too_large(limit))
        yield chunk
