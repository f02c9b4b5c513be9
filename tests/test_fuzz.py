"""Files damaged in any way are read, or refused in a line: documents, question banks, answers handed in.

Each starts from a sound file and is cut, filled and repeated by hypothesis; of an archive, a member is. The
default run takes the same few each time; FUZZ_EXAMPLES=5000 takes so many new ones of each.
"""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from studytool import exports, imports, sources
from studytool.errors import StudyError
from studytool.exports import Deck
from studytool.imports import responses
from studytool.model import Document, Item, Source

FOLDER = Path(__file__).parent / "fixtures" / "sources"
READABLE = ("bulletin.pdf", "regulation.docx", "notice.html", "news.csv", "news.json", "broadcast.md")
FORMATS: Mapping[str, str] = {
    "jsonl": ".jsonl",
    "csv": ".csv",
    "xlsx": ".xlsx",
    "gift": ".gift",
    "moodle": ".xml",
    "qti": ".zip",
    "md": ".md",
}
ANSWERS = "姓名,卷别,1,2\n张三,A,AC,√\n李四,A,天津；北京,8分\n".encode()
few = settings(
    max_examples=int(os.environ.get("FUZZ_EXAMPLES", "20")),
    deadline=None,
    derandomize="FUZZ_EXAMPLES" not in os.environ,
    database=None,
    suppress_health_check=list(HealthCheck),
)


class Damage:
    """Sound bytes -> bytes damaged as hypothesis draws it."""

    def __init__(self, draw: Callable[..., Any]) -> None:
        self.draw = draw

    def whole(self, data: bytes) -> bytes:
        """The file, or one member of the archive it is, damaged in some places."""
        if not data.startswith(b"PK") or self.draw(st.integers(0, 9)) == 0:
            return self._some(data)
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = {name: archive.read(name) for name in archive.namelist()}
        hit = self.draw(st.sampled_from(sorted(members)))
        members[hit] = self._some(members[hit])
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            for name, content in members.items():
                archive.writestr(name, content)
        return packed.getvalue()

    def _some(self, data: bytes) -> bytes:
        for _ in range(self.draw(st.integers(1, 4))):
            start = self.draw(st.integers(0, len(data)))
            length = self.draw(st.sampled_from((0, 1, 2, 7, 60, len(data))))
            put = self.draw(st.one_of(st.binary(max_size=6), st.sampled_from(TELLING)))
            data = data[:start] + put * self.draw(st.sampled_from((1, 1, 1, 300))) + data[start + length :]
        return data


# What has a meaning in one format or another.
# fmt: off
_WORDS = (
    "<", ">", "</w:p>", "&#0;", '"', "\\", "{", "[", "]]>", "=", "%", "~",
    ",", "endobj", "99999999999", "-1", "1e999", "null", "答案：",
)
# fmt: on
TELLING = (*(word.encode() for word in _WORDS), b"\n", b"\0", b"\xff\xfe", "答案".encode("gb18030"))


def or_refused(read: Callable[[], Any]) -> Any:
    """What is read, or None where it is refused in one line."""
    try:
        return read()
    except StudyError as refused:
        if "\n" in str(refused):
            raise
        return None


@pytest.mark.parametrize("name", READABLE)
def test_a_damaged_document_is_read_or_refused(name: str, tmp_path: Path) -> None:
    sound, place = (FOLDER / name).read_bytes(), tmp_path / name

    @few
    @given(st.data())
    def check(data: st.DataObject) -> None:
        place.write_bytes(Damage(data.draw).whole(sound))
        read = sources.read_or_skip(Source(str(place), name, ""))
        if isinstance(read, Document):
            assert all(0 <= b.span.start <= b.span.end <= len(read.text) for b in read.blocks)
        else:
            assert "\n" not in read.reason

    check()


@pytest.mark.parametrize("name", FORMATS)
def test_a_damaged_bank_of_questions_is_understood_or_refused(
    name: str, make_item: Callable[..., Item]
) -> None:
    single = replace(make_item(2), stem="会议在____召开。", key=("天津",), accepted=(("天津", "津"),))
    sound = exports.export(name, Deck("学习", (make_item(1), single))).data

    @few
    @given(st.data())
    def check(data: st.DataObject) -> None:
        damaged = Damage(data.draw).whole(sound)
        understood = or_refused(lambda: imports.read(f"题库{FORMATS[name]}", damaged))
        assert understood is None or all(item.key and item.stem for item in understood.items)

    check()


@few
@given(st.data())
def test_damaged_answers_are_understood_or_refused(data: st.DataObject) -> None:
    damaged = Damage(data.draw).whole(ANSWERS)
    rows = or_refused(lambda: responses.read(damaged, "作答.csv"))
    assert rows is None or all(isinstance(row, responses.AnswerRow) for row in rows)
