"""An Anki deck or collection (.apkg, .colpkg, .anki2) -> its notes and answers, whatever Anki wrote it.

The person's own file is never opened in place: Anki may be using it, and SQLite would write beside it. What
is inside an archive is limited in size before it is unpacked; and of the database only plain tables are read,
since a view can have rows without end.
"""

from __future__ import annotations

import shutil
import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import IO, Any

from studytool import named
from studytool.broken import BROKEN_ARCHIVE
from studytool.errors import FULL, StudyError, UnreadableSource, WorkFailed
from studytool.model import Rating
from studytool.passing import passing_folder

SUFFIXES = frozenset({".apkg", ".colpkg", ".anki2", ".anki21", ".anki21b"})
# In a package, the newest form first: the older ones then only say that Anki must be updated.
MEMBERS = ("collection.anki21b", "collection.anki21", "collection.anki2")
LARGEST = 2_000_000_000
_CHUNK = 1 << 20
_ZSTANDARD = b"\x28\xb5\x2f\xfd"
MOST_ROWS = 5_000_000  # of notes, and of answers: fifty years of three hundred a day
_STEP, MOST_STEPS = 1_000_000, 1000  # of SQLite's own; five million answers take a third of them
_LONGEST_THOUGHT = 3600.0  # seconds: whoever took longer was not at the desk
_STRANGE = (
    "select name from sqlite_master where lower(name) in ('notes', 'cards', 'revlog')"
    " and (type <> 'table' or sql like 'create virtual%')"
)
_FIRST = datetime(1970, 1, 1, tzinfo=UTC)
_GIVEN = "0, 1, 2, 3"  # answers: learning, review, relearning, filtered; the rest is the program's own doing


@dataclass(frozen=True, slots=True)
class Note:
    """A note: `fields` in the order of its note type, `changed_at` in whole seconds since 1970."""

    guid: str
    fields: tuple[str, ...]
    changed_at: int


@dataclass(frozen=True, slots=True)
class Answered:
    """One answer given in Anki."""

    guid: str
    at: datetime
    rating: Rating
    seconds: float


@dataclass(frozen=True, slots=True)
class Collection:
    """What is of interest in a collection: notes, and answers in the order they were given."""

    notes: tuple[Note, ...]
    answers: tuple[Answered, ...]


def read(path: Path) -> Collection:
    """The notes and answers in an Anki file. Raises StudyError where it cannot be read."""
    try:
        named.opened(path).close()
        plain = named.is_plain(path)
    except UnreadableSource as problem:
        raise StudyError(f"{path}：{problem}") from None
    if not plain:
        raise StudyError(f"{path} 不是普通文件：请给出 Anki 导出的文件")
    try:
        with passing_folder() as folder, _database(path, folder) as db:
            return Collection(tuple(_notes(db)), tuple(_answers(db)))
    except sqlite3.DatabaseError as error:
        raise StudyError(f"{path} 不是 Anki 的文件，或已损坏（{error}）：请在 Anki 里重新导出") from error
    except BROKEN_ARCHIVE as error:
        if isinstance(error, OSError) and error.errno in FULL:
            raise WorkFailed(f"展开 {path.name} 时临时文件夹已满：请腾出空间再试") from error
        raise StudyError(f"读不了 {path}（{error}）：请在 Anki 里重新导出") from error


@contextmanager
def _database(path: Path, folder: Path) -> Iterator[sqlite3.Connection]:
    copy = folder / "collection.db"
    if zipfile.is_zipfile(path):
        _unpack(path, copy)
    else:
        shutil.copyfile(path, copy)
        beside = path.with_name(f"{path.name}-wal")
        if beside.is_file():  # what Anki has not yet written into the file itself
            shutil.copyfile(beside, copy.with_name(f"{copy.name}-wal"))
    _expand(copy)
    steps = iter(range(MOST_STEPS))
    with closing(sqlite3.connect(copy)) as db:
        db.set_progress_handler(lambda: next(steps, -1) < 0, _STEP)  # true: SQLite gives up
        db.create_collation("unicase", _compared)  # Anki's indexes need it
        yield db


def _compared(one: str, other: str) -> int:
    left, right = one.casefold(), other.casefold()
    return (left > right) - (left < right)


def _unpack(path: Path, copy: Path) -> None:
    with zipfile.ZipFile(path) as package:
        names = set(package.namelist())
        member = next((name for name in MEMBERS if name in names), None)
        if member is None:
            raise StudyError(f"{path} 里没有 Anki 的收藏：请给出 Anki 导出的 .apkg 或 .colpkg")
        with package.open(member) as packed, copy.open("wb") as target:
            _pour(packed, target, path.name)


def _expand(copy: Path) -> None:
    """Anki of today compresses what it exports (Zstandard)."""
    with copy.open("rb") as stream:
        if stream.read(4) != _ZSTANDARD:
            return
    import zstandard  # noqa: PLC0415 - most files do not need it

    packed = copy.rename(copy.with_suffix(".zst"))
    try:
        with packed.open("rb") as stream, copy.open("wb") as target:
            _pour(zstandard.ZstdDecompressor().stream_reader(stream), target, "collection")
    except zstandard.ZstdError as error:
        raise StudyError(f"Anki 文件已损坏（{error}）：请在 Anki 里重新导出") from error


def _pour(source: IO[bytes], target: IO[bytes], name: str) -> None:
    poured = 0
    while chunk := source.read(_CHUNK):
        poured += len(chunk)
        if poured > LARGEST:
            raise StudyError(f"{name} 展开后超过 {LARGEST // 10**9} GB：请只导出 studytool 的牌组")
        target.write(chunk)


def _rows(db: sqlite3.Connection, query: str) -> Iterator[tuple[Any, ...]]:
    """What a query finds. Raises ValueError where it is more than anybody has."""
    for (name,) in db.execute(_STRANGE):
        raise ValueError(f"{name} 不是普通的表")
    found = db.execute(query)
    yield from islice(found, MOST_ROWS)
    if found.fetchone():
        raise ValueError(f"多于 {MOST_ROWS} 条记录")


def _whole(value: object, what: str) -> int:
    if type(value) is not int:
        raise ValueError(f"有一条记录的{what}不是整数")
    return value


def _notes(db: sqlite3.Connection) -> Iterator[Note]:
    for guid, fields, changed_at in _rows(db, "select guid, flds, mod from notes order by id"):
        yield Note(str(guid), tuple(str(fields).split("\x1f")), _whole(changed_at, "修改时间"))


def _answers(db: sqlite3.Connection) -> Iterator[Answered]:
    query = (
        "select n.guid, r.id, r.ease, r.time from revlog r"
        " join cards c on c.id = r.cid join notes n on n.id = c.nid"
        f" where r.ease between 1 and 4 and r.type in ({_GIVEN}) order by r.id"
    )
    for guid, at, ease, taken in _rows(db, query):
        seconds = min(max(0.0, _whole(taken, "用时") / 1000), _LONGEST_THOUGHT)
        yield Answered(str(guid), _instant(_whole(at, "时间")), Rating(_whole(ease, "评分")), seconds)


def _instant(milliseconds: int) -> datetime:
    try:
        return _FIRST + timedelta(milliseconds=milliseconds)
    except OverflowError:
        raise ValueError("有一条记录的时间不在公元 1 年到 9999 年之间") from None
