"""Files of every format become documents; bad ones become one clear line, and the rest goes on."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
import zipfile
from datetime import date
from pathlib import Path
from zipfile import ZipFile

import docx
import pytest
import typst

from studytool import articles, imports, sources
from studytool.errors import StudyError, UnreadableSource
from studytool.model import Block, Document
from studytool.sources import encoding, formats, headings, numbering
from studytool.sources.content import content_of
from studytool.sources.discovery import Skipped

FIXTURES = Path(__file__).parent / "fixtures" / "sources"
SEEDS = Path(__file__).parent.parent / "seeds"
PROSE = "中国共产党天津市第十二届委员会第六次全体会议，于2024年8月25日召开。\r\n出席全会的有市委委员73名。\n"


def read(path: Path) -> Document:
    (source,) = sources.discover([str(path)]).sources
    return sources.read(source)


def shown(document: Document) -> list[str]:
    """The blocks of a document, as the .blocks files write them."""

    def line(block: Block) -> str:
        text = block.span.of(document.text).strip("\n").replace("\t", " | ").replace("\n", "⏎")
        return f"{block.kind}{block.level or ''}: {text}"

    return [line(block) for block in document.blocks]


def refusal(path: Path) -> str:
    """What is said of a file that cannot be read: skipped when found, or refused when read."""
    found = sources.discover([str(path)])
    if found.skipped:
        return found.skipped[0].reason
    outcome = sources.read_or_skip(found.sources[0])
    assert isinstance(outcome, Skipped)
    return outcome.reason


# ---- one golden file per format; the name of the risk beside it -----------------------------------

GOLDEN = {
    "bulletin.pdf": "running heads, page numbers, note marks, a footnote break sentences; tables",
    "newspaper.pdf": "two columns are read across",
    "regulation.docx": "list numbers, insertions, content controls and table order are lost",
    "notice.html": "menus and “相关阅读” become text",
    "news.csv": "records run into each other; doubled quotes",
    "news.json": "records in nested JSON are missed",
    "broadcast.md": "front matter, comments, scripts and tags become prose",
}


@pytest.mark.parametrize("name", GOLDEN)
def test_a_file_gives_the_blocks_a_person_sees(name: str) -> None:
    expected = (FIXTURES / f"{name}.blocks").read_text(encoding="utf-8").splitlines()
    assert shown(read(FIXTURES / name)) == expected


@pytest.mark.parametrize("name", GOLDEN)
def test_the_same_file_gives_the_same_document(name: str) -> None:
    assert read(FIXTURES / name) == read(FIXTURES / name)


# ---- text -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", sorted(SEEDS.glob("*.txt")), ids=lambda path: path.name)
def test_a_text_file_keeps_every_character_in_its_place(seed: Path) -> None:
    document = read(seed)
    assert document.text == seed.read_bytes().decode("utf-8")
    assert [block.span for block in document.blocks] == [(0, len(document.text))]


@pytest.mark.parametrize("name", ["broadcast.md"])
def test_a_markdown_file_keeps_every_character_in_its_place(name: str) -> None:
    assert read(FIXTURES / name).text == (FIXTURES / name).read_bytes().decode("utf-8")


ENCODINGS = ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]


@pytest.mark.parametrize("name", ENCODINGS)
def test_text_is_read_in_any_encoding_with_its_line_ends(name: str) -> None:
    assert encoding.decode(PROSE.encode(name)).removeprefix("\ufeff") == PROSE


def test_text_in_big5_is_read() -> None:
    text = "中國共產黨天津市第十二屆委員會第六次全體會議，於八月二十五日召開。"
    assert encoding.decode(text.encode("big5")) == text


def test_gb18030_with_its_byte_order_mark_is_read() -> None:
    assert encoding.decode(("\ufeff" + PROSE).encode("gb18030")).endswith(PROSE)


@pytest.mark.parametrize("text", ["全会精神", "党建", "2024年工作要点"])
def test_a_few_words_in_gbk_are_enough(text: str) -> None:
    assert encoding.decode(text.encode("gbk")) == text


def test_a_byte_order_mark_stays_in_the_text_and_out_of_the_block(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(PROSE.encode("utf-8-sig"))
    document = read(path)
    assert document.text == path.read_bytes().decode("utf-8")
    assert document.blocks[0].span.of(document.text) == PROSE


@pytest.mark.parametrize("name", ["utf-8", "gb18030"])
def test_one_damaged_byte_in_a_long_text_does_not_stop_reading(name: str) -> None:
    data = bytearray((PROSE * 40).encode(name))
    data[100] = 0xFF
    assert "全体会议" in encoding.decode(bytes(data))


def test_a_text_cut_within_a_character_is_read() -> None:
    assert encoding.decode(PROSE.strip().encode()[:-1]).startswith("中国共产党")


NOT_TEXT = {
    "mixed encodings": PROSE.encode("utf-8") + PROSE.encode("gb18030"),
    "mostly GBK with a line of UTF-8": PROSE.encode("gb18030") * 20 + PROSE.encode("utf-8"),
    "NUL bytes in UTF-8": PROSE.encode() + b"\0\0" + PROSE.encode(),
    "random bytes": bytes((n * 97 + n * n * 31) % 256 for n in range(4000)),
    "control characters": b"\x01\x02\x03\x04" * 100,
    "much damage": PROSE.encode().replace("，".encode(), b"\xff\xfe\xfd") * 30,
}


@pytest.mark.parametrize("data", NOT_TEXT.values(), ids=NOT_TEXT.keys())
def test_what_is_not_text_is_refused_with_a_remedy(data: bytes) -> None:
    with pytest.raises(UnreadableSource, match=r"；请.*UTF-8"):
        encoding.decode(data)


def test_front_matter_fills_the_note() -> None:
    note = read(FIXTURES / "broadcast.md").source.note
    assert (note.title, note.issuer) == ("海滨新闻（2024年3月5日）", "海滨广播电视台")
    assert note.published_on == date(2024, 3, 5)


# ---- numbers that Word prints ---------------------------------------------------------------------

NUMERALS = [
    (1, "chineseCounting", "一"),
    (10, "chineseCounting", "十"),
    (21, "chineseCountingThousand", "二十一"),
    (105, "chineseCounting", "一百零五"),
    (110, "chineseCounting", "一百一十"),
    (3, "ideographTraditional", "丙"),
    (12, "decimalEnclosedCircle", "⑫"),
    (28, "lowerLetter", "bb"),
    (14, "upperRoman", "XIV"),
    (7, "noSuchFormat", "7"),
]


@pytest.mark.parametrize(("value", "form", "printed"), NUMERALS)
def test_numerals_are_those_word_prints(value: int, form: str, printed: str) -> None:
    assert numbering.numeral(value, form) == printed


HEADINGS = [
    ("一、总体要求", True),
    ("前　言", True),
    ("习近平", False),
    ("（2022年10月16日）", False),
    ("会议强调，要坚持稳中求进。", False),
    ("表1 主要指标", False),
]


@pytest.mark.parametrize(("text", "expected"), HEADINGS)
def test_display_type_makes_a_heading_only_of_what_can_be_one(text: str, expected: bool) -> None:
    assert headings.is_heading(text) is expected


# ---- what a call names ----------------------------------------------------------------------------


def folder(tmp_path: Path) -> Path:
    (tmp_path / "b").mkdir()
    for name in ("b/2.txt", "1.md", ".hidden.txt", "~$1.docx", "sources.toml", "song.mp3"):
        text = '["1.md"]\ntitle = "题"\ndate = 2024-09-01\nkind = "决议"' if name == "sources.toml" else PROSE
        (tmp_path / name).write_bytes(text.encode())
    return tmp_path


def test_a_folder_gives_its_documents_sorted_and_says_what_it_left_out(tmp_path: Path) -> None:
    found = sources.discover([str(folder(tmp_path))])
    assert [source.name for source in found.sources] == ["1.md", "2.txt"]
    assert [Path(one.path).name for one in found.skipped] == ["song.mp3"]


def test_sources_toml_says_what_a_file_is(tmp_path: Path) -> None:
    said = sources.notes(folder(tmp_path))["1.md"]
    assert (said.title, said.published_on, said.genre) == ("题", date(2024, 9, 1), "决议")
    assert sources.discover([str(tmp_path / "1.md")]).sources[0].note == said


@pytest.mark.parametrize("text", ["title = ", '["a.txt"]\ndate = "去年"', '["a.txt"]\ntitle = 3'])
def test_a_wrong_sources_toml_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "sources.toml").write_text(text, encoding="utf-8")
    with pytest.raises(StudyError, match=r"sources\.toml.*请"):
        sources.notes(tmp_path)


def test_what_sources_toml_says_to_no_effect_is_told(tmp_path: Path) -> None:
    for name in ("决议.txt", "报纸.txt"):
        (tmp_path / name).write_text(PROSE, encoding="utf-8")
    with ZipFile(tmp_path / "公报.zip", "w") as archive:
        archive.writestr("公报.txt", PROSE)
    (tmp_path / "sources.toml").write_text(
        'title = "题"\n["决义.txt"]\ntitle = "题"\n["报纸.txt"]\nisuer = "报社"\n["公报.txt"]\ntitle = "题"\n'
        '["决议.txt".articles."一"]\ndated = 2024-05-01\n',
        encoding="utf-8",
    )
    found = sources.discover([str(tmp_path)])
    assert len(found.sources) == 3
    assert [one.reason.partition("；")[0] for one in found.unheeded] == [
        "说到的 决义.txt 不在这个文件夹里",
        "title 不属于任何文件",
        "[报纸.txt]的 isuer 不认识，只认 title、issuer、date、kind、articles、joints",
        "[决议.txt] 文章“一”的 dated 不认识，只认 title、byline、issuer、date、kind",
    ]


@pytest.mark.parametrize("text", ['"文.txt" = 5\n', '[["文.txt"]]\ntitle = "题"\n'])
def test_what_alone_a_sources_toml_says_to_no_effect_is_told(tmp_path: Path, text: str) -> None:
    (tmp_path / "文.txt").write_text(PROSE, encoding="utf-8")
    (tmp_path / "sources.toml").write_text(text, encoding="utf-8")
    (told,) = sources.discover([str(tmp_path)]).unheeded
    assert told.reason.startswith("文.txt 不属于任何文件")


def test_a_name_no_file_can_have_is_told_as_any_other(tmp_path: Path) -> None:
    (tmp_path / "文.txt").write_text(PROSE, encoding="utf-8")
    (tmp_path / "sources.toml").write_text(f'["{"长" * 300}.txt"]\ntitle = "题"\n', encoding="utf-8")
    found = sources.discover([str(tmp_path)])
    assert (len(found.sources), len(found.unheeded)) == (1, 1)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_files_of_one_name_in_an_archive_are_told(tmp_path: Path) -> None:
    with ZipFile(tmp_path / "公报.zip", "w") as archive:
        for words in ("第一稿", "第二稿"):
            archive.writestr("公报.txt", words)
    found = sources.discover([str(tmp_path / "公报.zip")])
    assert [source.name for source in found.sources] == ["公报.txt"]
    assert [one.reason.partition("，")[0] for one in found.skipped] == ["里面有几个文件同名（公报.txt）"]


def test_a_member_is_read_from_the_archive_as_it_is_now(tmp_path: Path) -> None:
    for words in ("第一稿", "第二稿，长一些"):
        with ZipFile(tmp_path / "公报.zip", "w") as archive:
            archive.writestr("公报.txt", words)
            archive.writestr("附件.txt", words)
        read = [content_of(f"{tmp_path}/公报.zip!/{name}.txt").data for name in ("公报", "附件")]
        assert read == [words.encode()] * 2


def test_the_copies_of_a_bank_in_the_folder_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / "文.txt").write_text(PROSE, encoding="utf-8")
    for folder, bank in (("x-backups", "x.db"), ("题库.backups", "题库"), ("旧-backups", "")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "1.db").write_bytes(b"SQLite format 3\0")
        if bank:
            (tmp_path / bank).write_bytes(b"SQLite format 3\0")
    told = sorted(
        Path(one.path).relative_to(tmp_path).as_posix() for one in sources.discover([str(tmp_path)]).skipped
    )
    assert told == ["x.db", "旧-backups/1.db", "题库"]


def test_a_file_named_twice_is_read_once(tmp_path: Path) -> None:
    found = sources.discover([str(folder(tmp_path)), str(tmp_path / "1.md")])
    assert len(found.sources) == 2


def test_the_other_files_of_a_call_go_on(tmp_path: Path) -> None:
    found = sources.discover(["没有这个文件.txt", str(folder(tmp_path) / "1.md")])
    assert [source.name for source in found.sources] == ["1.md"]
    assert found.skipped[0].reason == "找不到这个文件；请检查路径"


def test_an_empty_folder_is_named(tmp_path: Path) -> None:
    assert "没有可读的文件" in sources.discover([str(tmp_path)]).skipped[0].reason


def test_standard_input_is_a_source() -> None:
    script = "from studytool.sources import *\ns, = discover(['-']).sources\nprint(len(read(s).text))"
    done = subprocess.run(
        [sys.executable, "-c", script], input=PROSE.encode(), capture_output=True, check=True
    )
    assert done.stdout.split() == [str(len(PROSE)).encode()]


def test_the_package_is_light_to_import() -> None:
    script = "import sys, studytool.sources\nprint({'docx', 'pypdfium2', 'selectolax'} & {*sys.modules})"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True)
    assert done.stdout.strip() == b"set()"


# ---- archives -------------------------------------------------------------------------------------


def archive(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, data in members.items():
            opened.writestr(name, data)
    return path


def test_the_members_of_an_archive_are_sources(tmp_path: Path) -> None:
    notes = '["二.txt"]\ntitle = "题"'.encode()
    members = {"夹/二.txt": PROSE.encode(), "一.txt": PROSE.encode("gbk"), "sources.toml": notes}
    path = archive(tmp_path / "包.zip", members)
    found = sources.discover([str(path)])
    assert [source.path for source in found.sources] == [f"{path}!/一.txt", f"{path}!/夹/二.txt"]
    assert [source.name for source in found.sources] == ["一.txt", "二.txt"]
    assert [sources.read(source).text for source in found.sources] == [PROSE, PROSE]
    assert found.sources[1].note.title == "题"


def test_names_in_gbk_are_read(tmp_path: Path) -> None:
    path = archive(tmp_path / "a.zip", {"name.txt": PROSE.encode()})
    path.write_bytes(path.read_bytes().replace(b"name.txt", "决议.txt".encode("gbk")))
    (source,) = sources.discover([str(path)]).sources
    assert (source.name, sources.read(source).text) == ("决议.txt", PROSE)


ZIPPED = {
    "a nested archive": ("in.zip", b"PK\x05\x06" + b"\0" * 18, "压缩包里的压缩包"),
    "a path that leads outside": ("../../out.txt", PROSE.encode(), "压缩包之外"),
    "a bomb": ("a.txt", b" " * 50_000_000, "压缩炸弹"),
    "a program": ("a.exe", b"MZ\x90\0" + b"\0" * 100, "程序文件"),
}


@pytest.mark.parametrize(("name", "data", "reason"), ZIPPED.values(), ids=ZIPPED.keys())
def test_a_hostile_member_is_skipped(tmp_path: Path, name: str, data: bytes, reason: str) -> None:
    path = archive(tmp_path / "a.zip", {name: data, "good.txt": PROSE.encode()})
    found = sources.discover([str(path)])
    assert [source.name for source in found.sources] == ["good.txt"]
    assert reason in found.skipped[0].reason


# ---- hostile and broken files ---------------------------------------------------------------------


def pdf(body: str) -> bytes:
    return bytes(typst.compile(body.encode(), format="pdf"))


def word(xml: str) -> bytes:
    """A Word file with `xml` in its body."""
    whole = io.BytesIO()
    docx.Document().save(whole)
    out = io.BytesIO()
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            data = old.read(info)
            if info.filename == "word/document.xml":
                data = data.replace(b"<w:sectPr", xml.encode() + b"<w:sectPr", 1)
            new.writestr(info.filename, data)
    return out.getvalue()


def package(*names: str) -> bytes:
    """An archive with files of these names."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as made:
        for name in names:
            made.writestr(name, "党的建设。")
    return whole.getvalue()


XML = b'<?xml version="1.0" encoding="UTF-8"?>'
ENCRYPTED_PDF = (FIXTURES / "locked.pdf").read_bytes()
WHOLE_PDF = (FIXTURES / "bulletin.pdf").read_bytes()
WHOLE_DOCX = (FIXTURES / "regulation.docx").read_bytes()
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600

# A form of a page that shows itself twice.
DRAWS_ITSELF = b"""%PDF-1.7
1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj
2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj
3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R/Resources<</XObject<</X 5 0 R>>>>>> endobj
4 0 obj <</Length 5>>stream
/X Do
endstream endobj
5 0 obj <</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 5 0 R>>>>/Length 11>>stream
/X Do /X Do
endstream endobj
trailer <</Size 6/Root 1 0 R>>
"""
HOSTILE = {
    "empty": ("a.txt", b"", "是空文件"),
    "only spaces": ("a.txt", b" \n\n ", "没有读到文字"),
    "a binary file called .txt": ("a.txt", b"\x7fELF" + b"\0" * 100, "程序文件"),
    "NUL bytes": ("a.txt", PROSE.encode() + b"\0" * 9, "空字节|不像文字"),
    "an old Word file": ("a.doc", OLE, "另存为 .docx"),
    "an old Word file renamed": ("a.docx", OLE, "另存为 .docx"),
    "a WPS file": ("a.wps", OLE, "另存为 .docx"),
    "a locked Word file": ("a.docx", OLE + "EncryptedPackage".encode("utf-16-le"), "密码"),
    "a text called .docx": ("a.docx", PROSE.encode(), "已损坏"),
    "a text called .pdf": ("a.pdf", PROSE.encode(), "已损坏"),
    "half a Word file": ("a.docx", WHOLE_DOCX[: len(WHOLE_DOCX) // 2], "已损坏"),
    "a Word file of another file": ("a.docx", word('<w:altChunk r:id="x"/>'), "嵌着另一份文件"),
    "an empty Word file": ("a.docx", word(""), "没有读到文字"),
    "a Word bomb": ("a.docx", word("<w:p/>" + " " * 60_000_000), "太大"),
    "a spreadsheet": ("a.xlsx", b"PK\x03\x04", "另存为 .csv"),
    "half a PDF": ("a.pdf", WHOLE_PDF[:3000], "已损坏"),
    "a locked PDF": ("a.pdf", ENCRYPTED_PDF, "密码"),
    "a PDF that draws itself for ever": ("a.pdf", DRAWS_ITSELF, "太复杂"),
    "a PDF without text": ("a.pdf", pdf("#rect(width: 3cm)"), r"studytool\[ocr\]|没有读到文字"),
    "a damaged picture": ("a.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 50, r"studytool\[ocr\]|已损坏"),
    "a page nested absurdly deep": ("a.html", b"<div>" * 200_000 + PROSE.encode(), "嵌套太深"),
    "a page of attributes": (
        "a.html",
        ("<p" + "".join(f' a{at}="x"' for at in range(100_000)) + ">" + PROSE).encode(),
        "属性太多",
    ),
    "a page without text": ("a.html", b"<html><script>1</script>", "没有读到文字"),
    "JSON nested absurdly deep": ("a.json", b"[" * 200_000, "嵌套太深|格式有误"),
    "broken JSON": ("a.json", '{"正文": "'.encode(), "格式有误"),
    "a table of figures": ("a.csv", "年份,数值\n2023,1\n2024,2\n".encode(), "没有成段的文字"),
    "an OpenDocument file": (
        "a.odt",
        package("mimetype", "content.xml", "META-INF/manifest.xml"),
        "另存为 .docx",
    ),
    "an OpenDocument file named otherwise": ("a.zip", package("META-INF/manifest.xml"), "另存为 .docx"),
    "an OpenDocument file on one line": ("a.fodt", XML + b"<office:document/>", "另存为 .docx"),
    "an OFD": ("a.ofd", package("OFD.xml", "Doc_0/Document.xml"), "另存为 .pdf"),
    "half an OFD": ("a.ofd", package("OFD.xml")[:40], "另存为 .pdf"),
    "Word's XML": ("a.xml", XML + b"<w:wordDocument/>", "另存为 .docx"),
    "a bank of Moodle": ("a.xml", XML + b"\n<quiz><question/></quiz>", "studytool import"),
    "a bank of Moodle called .txt": ("a.txt", b"\xef\xbb\xbf" + XML + b"<quiz/>", "studytool import"),
    "some XML": ("a.xml", "<rss>党的建设。</rss>".encode(), "XML 数据"),
    "a bank in two-byte characters": (
        "a.xml",
        (XML.decode() + "<quiz/>").encode("utf-16"),
        "studytool import",
    ),
    "rich text": ("a.rtf", b"{\\rtf1 abc}", "另存为 .docx"),
    "a broken archive": ("a.zip", b"PK\x03\x04" + b"\1" * 60, "压缩包"),
}


@pytest.mark.parametrize(("name", "data", "reason"), HOSTILE.values(), ids=HOSTILE.keys())
def test_a_bad_file_is_one_line_with_a_remedy(tmp_path: Path, name: str, data: bytes, reason: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    said = refusal(path)
    assert "\n" not in said
    assert "；请" in said
    assert re.search(reason, said), said


def test_a_text_beyond_the_limit_is_refused_without_reading_it(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    with path.open("wb") as stream:
        stream.write(PROSE.encode())
        stream.truncate(formats.LIMITS["text"] + 1)
    assert "64 MB" in refusal(path)


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "pipe.txt"
    if hasattr(os, "mkfifo"):
        os.mkfifo(path)
        assert "不是普通文件" in refusal(path)


def test_an_error_names_the_file_and_the_remedy_on_one_line(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b" ")
    (source,) = sources.discover([str(path)]).sources
    with pytest.raises(UnreadableSource) as caught:
        sources.read(source)
    assert str(caught.value) == f"{path}：里面没有读到文字；请换一个有内容的文件"


def test_a_page_with_an_xml_declaration_is_a_page(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    page = "<!DOCTYPE html PUBLIC 'x' 'y'>\n<html><body><p>出席全会的有市委委员73名。</p></body></html>"
    path.write_bytes(XML + b"\n" + page.encode())
    assert shown(read(path)) == ["paragraph: 出席全会的有市委委员73名。"]


# ---- line breaks within a paragraph of Word --------------------------------------------------------

BREAK = "</w:t><w:br/><w:t>"


def test_a_line_break_in_word_parts_the_lines_of_a_question_list(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    questions = BREAK.join(("1. 党的性质是____。", "答案：先锋队", "2. 党的宗旨是____。", "答案：为人民服务"))
    path.write_bytes(word(f"<w:p><w:r><w:t>{questions}</w:t></w:r></w:p>"))
    items = imports.read_text("a.docx", read(path).text).items
    assert [item.key for item in items] == [("先锋队",), ("为人民服务",)]


def test_a_line_break_in_word_is_a_space_to_those_who_read_prose(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    words = ("河东区坚持改革", "开放，建设CCUS", "project，生产总值达到", "1329.65亿元。")
    path.write_bytes(word(f"<w:p><w:r><w:t>{BREAK.join(words)}</w:t></w:r></w:p>"))
    (article,) = articles.reconstruct(read(path))
    assert [p.passage.text for p in article.paragraphs] == [
        "河东区坚持改革开放，建设CCUS project，生产总值达到1329.65亿元。"
    ]


def test_a_title_on_two_lines_is_one_heading(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    title = (
        f"<w:p><w:pPr><w:pStyle w:val='Heading1'/></w:pPr><w:r><w:t>河东区{BREAK}工作报告</w:t></w:r></w:p>"
    )
    path.write_bytes(word(title))
    assert shown(read(path)) == ["heading1: 河东区 工作报告"]


# ---- pages -----------------------------------------------------------------------------------------

TOP = "<title>河东区召开教育大会</title><h1>河东区召开教育大会</h1>"
TEXT = "河东区坚持改革开放，扎实推进各项工作。全区经济社会发展取得新的成绩，人民生活水平有了明显提高。"
FORM = "<form><p>我要纠错</p><p>本页如有错误，请填写下表。我们会尽快核实。</p><input></form>"
COMMENTS = "<form><div>网友评论</div><div>文明上网，理性发言。</div></form>"
SEARCH = "<form action='/so'>站内搜索 <input name='q'> 请输入要找的内容。</form>"


@pytest.mark.parametrize(
    "page",
    [
        f"<form id='form1'>{SEARCH.replace('form', 'div')}<div><p>{TEXT}</p></div></form>",
        f"{SEARCH}<div><p>{TEXT}</p></div>",
        f"<div><p>{TEXT}</p></div>{FORM}{COMMENTS}",
        f"<form><div><p>{TEXT}</p></div></form>{COMMENTS}",
    ],
    ids=["one form around the page", "a form to search with", "a form for corrections", "an article's form"],
)
def test_a_text_within_a_form_is_read_and_a_form_to_fill_in_is_not(tmp_path: Path, page: str) -> None:
    path = tmp_path / "a.html"
    path.write_text(f"<html><body>{TOP}{page}</body></html>", encoding="utf-8")
    assert shown(read(path)) == ["heading1: 河东区召开教育大会", f"paragraph: {TEXT}"]


def test_a_long_text_in_a_form_is_read_however_much_stands_around_it(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    page = f"<form><div>{f'<p>{TEXT}</p>' * 6}</div></form><div class='comments'>{TEXT * 9}</div>"
    path.write_text(f"<html><body>{TOP}{page}</body></html>", encoding="utf-8")
    assert shown(read(path))[1:] == [f"paragraph: {TEXT}"] * 6


def test_a_heading_with_a_comma_is_none_of_the_lines_around_an_article(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    page = f"{TOP}<div><h3>关闭落后产能，发展绿色经济</h3><p>{TEXT}</p><h3>相关阅读</h3></div>"
    path.write_text(f"<html><body>{page}</body></html>", encoding="utf-8")
    assert shown(read(path))[1:] == ["heading3: 关闭落后产能，发展绿色经济", f"paragraph: {TEXT}"]


@pytest.mark.parametrize(
    ("line", "is_read"),
    [
        ("时间是最伟大的书写者，忠实记录奋斗者的足迹！", True),
        ("阅读党的历史，汲取前进的力量。把学习成果转化为工作成效”", True),
        ("编辑：张三。审核：李四，王五", True),  # rather a line too many than a sentence too few
        ("时间不等人，实干创未来", True),
        ("时间都去哪儿了？", True),
        ("阅读1234人次，评论5条", False),
        ("阅读 1234 次，评论 5 条", False),
        ("阅读全文，请点击下载", False),
        ("编辑 张三，李四", False),
        ("点击关注，了解更多！", False),
        ("打印本页，关闭窗口", False),
        ("版权所有，未经许可不得转载", False),
        ("扫一扫，在手机打开当前页", False),
        ("分享到：微信，微博", False),
        ("时间：2024年5月7日，星期二", False),
        ("责任编辑 张三", False),
        ("上一篇：怎样学好党史？", False),
    ],
)
def test_a_sentence_beginning_like_the_line_around_an_article_is_read(
    tmp_path: Path, line: str, is_read: bool
) -> None:
    path = tmp_path / "a.html"
    path.write_text(f"<html><body>{TOP}<div><p>{TEXT}</p><p>{line}</p></div></body></html>", encoding="utf-8")
    assert (f"paragraph: {line}" in shown(read(path))) == is_read


def test_folders_named_like_archives_are_looked_into(tmp_path: Path) -> None:
    folder = tmp_path / "重要!"
    folder.mkdir()
    (folder / "a.txt").write_text("坚持党的全面领导。", encoding="utf-8")
    with zipfile.ZipFile(folder / "b.zip", "w") as archive:
        archive.writestr("急!/c.txt", "坚持以人民为中心。")
    found = sources.discover([str(folder)]).sources
    assert sources.again([source.path for source in found]).sources == found
    assert [sources.read(source).text for source in found] == ["坚持党的全面领导。", "坚持以人民为中心。"]
