"""Papers and key -> one HTML file that prints like the PDF: its style inside it, nothing to fetch."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from studytool import data
from studytool.exports.sheet.key import PROOFS, Entry, Grid, KeyPages, KeyPart, Listing
from studytool.exports.sheet.layout import Piece
from studytool.exports.sheet.pages import Ask, Bubbles, Paper, Part, Row

_SLOT = '<span class="slot">（　　）</span>'


def render(papers: Sequence[Paper], key: KeyPages | None, title: str) -> bytes:
    """Set the papers one after the other and the key behind them."""
    large = "large" if any(paper.large for paper in papers) else "ordinary"
    body = "".join((*map(_paper, papers), *((_key(key),) if key else ())))
    return (
        '<!doctype html>\n<html lang="zh-CN"><head><meta charset="utf-8">'
        '<meta name="generator" content="studytool">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>\n{data.text('sheet.css')}</style></head>"
        f'<body class="{large}">\n{body}</body></html>\n'
    ).encode()


def _tag(name: str, content: str, kind: str = "") -> str:
    mark = f' class="{kind}"' if kind else ""
    return f"<{name}{mark}>{content}</{name}>\n"


def _all(parts: Iterable[str]) -> str:
    return "".join(parts)


def _paper(paper: Paper) -> str:
    numbers = ("题号", *paper.score, "总分")
    score = _row("th", numbers) + _row("td", ("得分", *("" for _ in numbers[1:])))
    head = (
        _tag("h1", escape(paper.title))
        + _tag("p", escape(f"{paper.subtitle}　{paper.footer}"), "under")
        + _fields(paper)
    )
    sheet = head + _tag("table", score, "score") + _all(map(_part, paper.parts))
    made = _tag("section", sheet, "paper")
    if paper.answer_sheet:
        under = _tag("p", escape(f"{paper.subtitle}　{paper.footer}"), "under")
        title = _tag("h1", escape(paper.title) + "　答题纸") + under + _fields(paper)
        made += _tag("section", title + _all(map(_bubbles, paper.answer_sheet)), "paper")
    return made


def _fields(paper: Paper) -> str:
    fields = (f"<span>{label}：<i>{escape(value)}</i></span>" for label, value in paper.fields)
    return _tag("p", _all(fields), "fields")


def _row(cell: str, texts: Iterable[str]) -> str:
    return _tag("tr", _all(f"<{cell}>{escape(text)}</{cell}>" for text in texts))


def _part(part: Part) -> str:
    first = _tag("h2", escape(part.heading)) + _tag("p", escape(part.note), "note")
    return first + _all(map(_ask, part.asks))


def _ask(ask: Ask) -> str:
    lefts = _all(
        _tag("p", f"<span>({at}) {escape(left)}</span>{_SLOT}", "left")
        for at, left in enumerate(ask.lefts, 1)
    )
    options = _all(_tag("p", f"<b>{letter}.</b> {escape(text)}") for letter, text in ask.options)
    content = (
        _tag("p", _all(map(_piece, ask.pieces)))
        + lefts
        + (_tag("div", options, f"options in{ask.columns}") if options else "")
        + _tag("p", "", "rule") * ask.lines
    )
    kind = "ask whole" if ask.whole else "ask"
    return f'<div class="{kind}"><b class="number">{ask.number}.</b><div>\n{content}</div></div>\n'


def _piece(piece: Piece) -> str:
    if piece.kind == "text":
        return escape(piece.text)
    if piece.kind == "blank":
        return _blank(piece.width)
    return f'<span class="end">{_SLOT}</span>' if piece.kind == "end" else _SLOT


def _blank(width: int) -> str:
    return f'<span class="blank" style="width: {width}em"></span>'


def _bubbles(part: Bubbles) -> str:
    marked = any(row.marks for row in part.rows)
    shape = "room" if part.lines else "marks" if marked else "words"
    rows = _all(_answer_row(row, part.lines) for row in part.rows)
    return _tag("h2", escape(part.heading)) + _tag("div", rows, f"bubbles {shape}")


def _answer_row(row: Row, lines: int) -> str:
    room = _all(f"<i>{mark}</i>" for mark in row.marks) + _tag("p", "", "rule") * lines
    alone = len(row.blanks) == 1
    room += _all(_tag("p", "", "rule") if alone else _named(*one) for one in row.blanks)
    return _tag("div", f"<b>{row.number}.</b><span>{room}</span>", "long" if row.long else "")


def _named(name: str, width: int) -> str:
    return f'<span class="named">{name}{_blank(width)}</span> '


def _key(key: KeyPages) -> str:
    entries = _all(_tag("h2", escape(part.heading)) + _all(map(_entry, part.entries)) for part in key.parts)
    head = _tag("h1", escape(key.title)) + _tag("p", escape(f"{key.subtitle}　{key.footer}"), "under")
    content = head + _all(map(_glance, key.parts)) + _tag("h1", PROOFS) + entries
    return _tag("section", content, "paper key")


def _glance(part: KeyPart) -> str:
    if not part.grids and not part.listings:
        return ""
    return (
        _tag("h2", escape(part.heading)) + _all(map(_grid, part.grids)) + _all(map(_listing, part.listings))
    )


def _listing(listing: Listing) -> str:
    label = _tag("h3", escape(listing.label)) if listing.label else ""
    answers = _all(f"<span>{number}. {escape(text)}</span>" for number, text in listing.answers)
    return label + _tag("p", answers, "listing wide" if listing.wide else "listing")


def _grid(grid: Grid) -> str:
    def filled(texts: Sequence[str]) -> tuple[str, ...]:
        return (*texts, *("" for _ in range(grid.columns - len(texts))))

    head = _row("th", ("题号", *filled(tuple(map(str, grid.numbers)))))
    rows = _all(_row("td", (label, *filled(answers))) for label, answers in grid.rows)
    return _tag("table", head + rows, "letters")


def _entry(entry: Entry) -> str:
    note = _tag("p", f"说明：{escape(entry.note)}") if entry.note else ""
    evidence = _tag("p", f"依据：{escape(entry.evidence)}", "evidence") if entry.evidence else ""
    source = f"出处：{escape(entry.source)}" if entry.source else ""
    content = (
        _tag("p", f"<b>{escape(entry.place)}</b>　{escape(entry.answer)}")
        + note
        + evidence
        + _tag("p", f"<span>{source}</span><span>试题编号 {escape(entry.id)}</span>", "source")
    )
    return _tag("div", content, "entry")
