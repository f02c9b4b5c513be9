"""Paths a person named -> the sources in them, each with the digest of its bytes, and what was skipped why.

Nothing is read into memory here but archives' directories: digests are streamed, so that a folder
of any size can be looked through. Paths are strings here, as a Path for each file of a folder would take
longer than the look into it. What cannot be taken in is no error: the rest goes on.
"""

from __future__ import annotations

import hashlib
import os
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO, NamedTuple

from studytool import named
from studytool.errors import StudyError, UnreadableSource
from studytool.limits import LARGEST_NOTE
from studytool.model import Source, SourceNote
from studytool.sources import content as contents
from studytool.sources import formats
from studytool.sources.content import MEMBER, STANDARD_INPUT
from studytool.sources.formats import Content
from studytool.sources.noted import FILE_NAME, completed, notes_in, unknown_in

GONE = "不在原处了；请把它放回去，或用 studytool withdraw 撤回"
EMPTY = "是空文件；请换一个有内容的文件"
NOTHING_HERE = "这个文件夹里没有可读的文件；请放进 .txt、.docx、.pdf、.html 等文件"
UNKNOWN = "不认识这种文件；请另存为 .txt、.docx 或 .pdf"
PIPED = "，管道里的内容用 - 读入（命令 | studytool build -）"  # after “请给出文件或文件夹”
NESTED = "压缩包里的压缩包不会打开；请先解压"
OUTSIDE = "文件名指向压缩包之外，没有读取；请重新压缩"

HEAD = 4096  # bytes that tell a format
CHUNK = 64 * 1024
UNSAID = SourceNote()
_LITTER = ("Thumbs.db", "desktop.ini", "__MACOSX", FILE_NAME)
_SHOWN = 3  # names
_HIDDEN = (".", "~$")  # ~$ are Word's lock files


class Skipped(NamedTuple):
    """Something that is not taken in, and the reason with its remedy."""

    path: str
    reason: str


class Unheeded(NamedTuple):
    """What a sources.toml says to no effect: of a file that is not there, or in a word nobody reads."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class Discovery:
    """What a call's paths hold: in the order of the call, folders sorted."""

    sources: tuple[Source, ...]
    skipped: tuple[Skipped, ...]
    unheeded: tuple[Unheeded, ...] = ()


def discover(paths: Sequence[str]) -> Discovery:
    """The sources in files, folders, archives and standard input (`-`), each once."""
    found: dict[str, Source | Skipped] = {}
    unheeded: dict[Unheeded, None] = {}
    for path in paths:
        for entry in _in_path(path):
            if isinstance(entry, Unheeded):
                unheeded[entry] = None
            else:
                found.setdefault(entry.path, entry)
    return Discovery(
        tuple(entry for entry in found.values() if isinstance(entry, Source)),
        tuple(entry for entry in found.values() if isinstance(entry, Skipped)),
        tuple(unheeded),
    )


def again(paths: Sequence[str]) -> Discovery:
    """The sources found at these paths once, in folders or archives; or why they are there no more."""
    wholes = [contents.file_of(path) for path in paths]  # an archive is looked through once for its members
    found = [entry for whole in dict.fromkeys(wholes) for entry in _there(whole, paths)]
    there = {entry.path: entry for entry in found}
    wanted = [there.get(path, Skipped(path, GONE)) for path in paths]
    return Discovery(
        tuple(one for one in wanted if isinstance(one, Source)),
        tuple(one for one in wanted if isinstance(one, Skipped)),
    )


def _there(whole: str, paths: Sequence[str]) -> tuple[Source | Skipped, ...]:
    try:
        found = discover([whole])
    except StudyError as problem:  # of the sources.toml beside it
        return tuple(Skipped(path, str(problem)) for path in paths if contents.file_of(path) == whole)
    return (*found.sources, *found.skipped)


def notes(folder: Path) -> Mapping[str, SourceNote]:
    """What the sources.toml of `folder` says, by file name; nothing if there is none."""
    text = _note_text(folder)
    return notes_in(text, str(folder / FILE_NAME)) if text else {}


def _note_text(folder: Path) -> str:
    path = str(folder / FILE_NAME)
    if not os.path.exists(path):  # noqa: PTH110 - in a folder nobody may look into, each file says so
        return ""
    try:
        return named.bytes_of(path, LARGEST_NOTE).decode("utf-8-sig", "replace")
    except UnreadableSource as problem:
        raise StudyError(f"{path}：{problem}") from None


def _in_path(path: str) -> Iterator[Source | Skipped | Unheeded]:
    if path == STANDARD_INPUT:
        yield _standard_input()
        return
    full = os.path.abspath(path)  # noqa: PTH100 - resolve() would rename what a link names
    if not os.path.isdir(full):  # noqa: PTH112 - of a string, as all paths here
        parent, name = os.path.split(full)
        yield from _in_file(parent, name, notes(Path(parent)), chosen=True)
        return
    entries = tuple(_in_folder(full))
    yield from entries
    if all(isinstance(entry, Unheeded) for entry in entries):
        yield Skipped(full, NOTHING_HERE)


def _in_folder(folder: str) -> Iterator[Source | Skipped | Unheeded]:
    closed: list[Skipped] = []

    def note(problem: OSError) -> None:
        closed.append(Skipped(problem.filename, named.why(problem, "文件夹")))

    for parent, folders, files in os.walk(folder, onerror=note):
        folders[:] = sorted(name for name in folders if not (_is_litter(name) or _is_copies(name, files)))
        said, text = notes(Path(parent)), _note_text(Path(parent))
        entries = [
            entry
            for name in sorted(files)
            if not _is_litter(name)
            for entry in _in_file(parent, name, said, chosen=False)
        ]
        yield from entries
        yield from _unheeded(Path(parent), said, entries) if text else ()
    yield from closed


def _unheeded(
    folder: Path, said: Mapping[str, SourceNote], entries: Sequence[Source | Skipped]
) -> Iterator[Unheeded]:
    """What the sources.toml of `folder` says of none of these, or in words nobody reads."""
    path = str(folder / FILE_NAME)
    names = {PurePosixPath(entry.path.rpartition(MEMBER)[2]).name for entry in entries}
    for name in said:
        if name not in names and not os.path.exists(folder / name):  # noqa: PTH110 - takes any name
            yield Unheeded(path, f"说到的 {name} 不在这个文件夹里；请照文件名写")
    for words in unknown_in(_note_text(folder), path):
        yield Unheeded(path, f"{words}；这一句没有用上")


def _is_litter(name: str) -> bool:
    return name.startswith(_HIDDEN) or name in _LITTER


def _is_copies(folder: str, beside: Sequence[str]) -> bool:
    """Are there the copies of a bank that stands beside the folder? Each would be named as no document."""
    bank = folder.removesuffix("-backups") + ".db" if folder.endswith("-backups") else ""
    return (bank or folder.removesuffix(".backups")) in beside


def _in_file(
    parent: str, name: str, said: Mapping[str, SourceNote], *, chosen: bool
) -> Iterator[Source | Skipped]:
    """The source in a file, or those in an archive; `chosen` files are taken whatever their suffix."""
    path = os.path.join(parent, name)  # noqa: PTH118 - of strings, as all paths here
    try:
        contents.refuse_name(path)
        with named.opened(path) as stream:
            head = stream.read(HEAD)
            if not head:
                raise UnreadableSource(EMPTY)
            kind = _kind(Content(formats.suffix_of(name), head), chosen=chosen, whole=path)
            if kind == "zip":
                yield from _in_archive(path, said)
                return
            formats.check_size(os.fstat(stream.fileno()).st_size, kind)
            yield Source(path, name, _digest(head, stream), said.get(name, UNSAID))
    except named.NoFile as problem:
        yield Skipped(path, f"{problem}{PIPED if chosen else ''}")
    except UnreadableSource as problem:
        yield Skipped(path, str(problem))
    except OSError as problem:  # on the way: a disk that fails, a file that is no file
        yield Skipped(path, f"读不出来（{problem.strerror}）；请检查文件和磁盘")


def _kind(head: Content, *, chosen: bool, whole: formats.Whole | None = None) -> str:
    """The format to read by, from the beginning of a file; raises for what is not read."""
    kind = formats.format_of(head, whole)
    if kind in formats.REFUSED:
        raise UnreadableSource(formats.REFUSED[kind])
    if kind == "text" and not chosen and head.suffix not in formats.SUFFIXES:
        raise UnreadableSource(UNKNOWN)
    return kind


def _digest(head: bytes, rest: BinaryIO) -> str:
    digest = hashlib.sha256(head)
    while chunk := rest.read(CHUNK):
        digest.update(chunk)
    return digest.hexdigest()


def _in_archive(path: str, said: Mapping[str, SourceNote]) -> Iterator[Source | Skipped]:
    with contents.open_archive(path) as archive:
        members = contents.members(archive)
        inside = members.pop(FILE_NAME, None)
        if inside is not None:
            text = contents.member_bytes(archive, inside).decode("utf-8-sig", "replace")
            said = _merged(said, notes_in(text, f"{path}{MEMBER}{FILE_NAME}"))
        entries = [
            _member(archive, f"{path}{MEMBER}{name}", members[name], said)
            for name in sorted(members)
            if not any(map(_is_litter, PurePosixPath(name).parts)) or ".." in name
        ]
        twice = contents.named_twice(archive)
    yield from entries or (Skipped(path, NOTHING_HERE.replace("文件夹", "压缩包")),)
    if twice:
        yield Skipped(
            path, f"里面有几个文件同名（{'、'.join(twice[:_SHOWN])}），各只读了最后一个；请改名再压缩"
        )


def _merged(outer: Mapping[str, SourceNote], inner: Mapping[str, SourceNote]) -> Mapping[str, SourceNote]:
    """What is said beside an archive goes before what is said inside it."""
    names = [*inner, *(name for name in outer if name not in inner)]
    return {name: completed(outer.get(name, UNSAID), inner.get(name, UNSAID)) for name in names}


def _member(
    archive: zipfile.ZipFile, path: str, info: zipfile.ZipInfo, said: Mapping[str, SourceNote]
) -> Source | Skipped:
    inner = PurePosixPath(path.rpartition(MEMBER)[2])
    try:
        if inner.is_absolute() or ".." in inner.parts:
            raise UnreadableSource(OUTSIDE)
        data = contents.member_bytes(archive, info)
        if not data:
            raise UnreadableSource(EMPTY)
        kind = _kind(Content(formats.suffix_of(inner.name), data), chosen=False)
        if kind == "zip":
            raise UnreadableSource(NESTED)
        formats.check_size(len(data), kind)
    except UnreadableSource as problem:
        return Skipped(path, str(problem))
    note = said.get(inner.name, UNSAID)
    return Source(path, inner.name, hashlib.sha256(data).hexdigest(), note)


def _standard_input() -> Source | Skipped:
    try:
        data = contents.standard_input()
    except UnreadableSource as problem:
        return Skipped(STANDARD_INPUT, str(problem))
    if not data:
        return Skipped(STANDARD_INPUT, "标准输入里没有内容；请用管道送入文字")
    return Source(STANDARD_INPUT, STANDARD_INPUT, hashlib.sha256(data).hexdigest())
