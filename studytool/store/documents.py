"""What a build keeps: one document with its articles and items, all in one transaction.

A document's new items take the place of its old ones. What disappeared is retired where somebody
has answered or edited it, else deleted; what stayed keeps its id and with it every learner's memory.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from studytool.model import Doubt, Harvest, Item
from studytool.store import homes, overlays, rows
from studytool.store.bank import Bank
from studytool.store.inserting import insert, insert_all

# What a person has done with an item; such an item is never deleted.
TOUCHES = ("reviews", "memories", "flags", "variants", "holds", "edits", "handed_out")

# Of where an item stands, what people see.
SHOWN_ORIGIN = ("article", "section", "published_on", "evidence")

# One list as one value: SQLite takes no more than so many values.
AMONG = "documents.path in (select value from json_each(?))"


@dataclass(frozen=True, slots=True)
class Kept:
    """What keeping one document did to the bank."""

    new: int = 0
    changed: int = 0
    retired: int = 0


@dataclass(frozen=True, slots=True)
class DocumentFigures:
    """The counts kept of a document, or of several together."""

    articles: int
    sentences: int
    knowledge: int
    items: int
    dropped: Mapping[str, int]


def stamps(bank: Bank) -> dict[str, str]:
    """path -> stamp of every document in the bank."""
    return {row["path"]: row["stamp"] for row in bank.rows("select path, stamp from documents")}


def assumed_days(bank: Bank) -> dict[str, date]:
    """path -> the day a person gave for a document that nothing else dates."""
    found = bank.rows("select path, assumed_on from documents where assumed_on is not null")
    return {row["path"]: date.fromisoformat(row["assumed_on"]) for row in found}


def keep(bank: Bank, harvest: Harvest, stamp: str, at: datetime) -> Kept:
    """Put a document and all that it gave into the bank, in one transaction; lost, it is made again."""
    with bank.writing(durable=False):
        retitled = _is_retitled(bank, harvest)
        document_id = _put_document(bank, harvest, stamp, at)
        _put_articles(bank, document_id, harvest)
        kept, fresh = _put_items(bank, document_id, harvest.items, at, retitled=retitled)
        gone = _drop_vanished(bank, document_id, harvest.items, fresh, at)
    return replace(kept, retired=gone)


def figures(bank: Bank, *paths: str) -> DocumentFigures:
    """The counts kept of the documents at `paths`, all together."""
    wanted = rows.dump(paths)
    sums = bank.rows(
        "select total(sentence_count), total(knowledge_count), total(item_count) from documents"
        f" where {AMONG}",
        wanted,
    )[0]
    articles = bank.value(
        f"select count(*) from articles where document_id in (select id from documents where {AMONG})", wanted
    )
    dropped = bank.rows(
        "select gate.key, sum(gate.value) from documents, json_each(dropped) gate"
        f" where {AMONG} group by gate.key order by gate.key",
        wanted,
    )
    sentences, knowledge, items = map(int, sums)
    return DocumentFigures(int(str(articles)), sentences, knowledge, items, dict(map(tuple, dropped)))


def text_of(bank: Bank, path: str) -> str | None:
    """The kept text of a document that cannot be read again (standard input), else None."""
    found = bank.value("select text from documents where path = ?", path)
    return None if found is None else str(found)


def _is_retitled(bank: Bank, harvest: Harvest) -> bool:
    """Has a document that is known another title now? Every question of it shows it."""
    source = harvest.document.source
    before = bank.rows("select title from documents where path = ?", source.path)
    return bool(before) and before[0]["title"] != source.note.title


def _put_document(bank: Bank, harvest: Harvest, stamp: str, at: datetime) -> int:
    document = harvest.document
    source, note = document.source, document.source.note
    row = {
        "path": source.path,
        "name": source.name,
        "stamp": stamp,
        "title": note.title,
        "issuer": note.issuer,
        "published_on": rows.day(note.published_on),
        "genre": note.genre,
        "assumed_on": rows.day(note.assumed_on),
        "text": document.text if source.path == "-" else None,
        "sentence_count": harvest.sentence_count,
        "knowledge_count": harvest.knowledge_count,
        "item_count": len(harvest.items),
        "dropped": rows.dump(dict(sorted(harvest.dropped.items()))),
        "built_at": rows.instant(at),
        "withdrawn_at": None,
        "replaced_by": None,
    }
    columns, marks = ", ".join(row), ", ".join("?" * len(row))
    updates = ", ".join(f"{column} = excluded.{column}" for column in row if column != "path")
    bank.run(
        f"insert into documents ({columns}) values ({marks}) on conflict (path) do update set {updates}",
        *row.values(),
    )
    return int(str(bank.value("select id from documents where path = ?", source.path)))


def _put_articles(bank: Bank, document_id: int, harvest: Harvest) -> None:
    bank.run("delete from articles where document_id = ?", document_id)
    doubts: dict[str, list[Doubt]] = {}
    for article_id, doubt in harvest.doubts:
        doubts.setdefault(article_id, []).append(doubt)
    kept = [
        {
            "document_id": document_id,
            "position": position,
            **rows.article_columns(article, doubts.get(article.id, ())),
        }
        for position, article in enumerate(harvest.articles)
    ]
    insert_all(bank, "articles", kept)


def _put_items(
    bank: Bank, document_id: int, items: tuple[Item, ...], at: datetime, *, retitled: bool
) -> tuple[Kept, tuple[Item, ...]]:
    """Put the items in, and say which of them are new."""
    changed = 0
    known = _known(bank, items)
    fresh = [item for item in items if item.id not in known]
    insert_all(bank, "items", [_item(item, at) for item in fresh])
    insert_all(bank, "origins", [_origin(document_id, item) for item in fresh])
    for item in items:
        if item.id not in known:
            continue
        if known[item.id]["status"] == "retired":  # by a person, or because it stood nowhere
            homes.take_over(bank, item.id, document_id)
        moved = _put_origin(bank, document_id, item) or retitled
        if homes.is_home(bank, item.id, document_id):
            changed += _update_item(bank, item, known[item.id], at, moved=moved)
    return Kept(new=len(fresh), changed=changed), tuple(fresh)


def _known(bank: Bank, items: Iterable[Item]) -> dict[str, dict[str, object]]:
    """Of the items that are in the bank already, by their ids, the content and the status."""
    columns = (*rows.CONTENT, "status")
    found = bank.rows(
        f"select id, {', '.join(columns)} from items where id in (select value from json_each(?))",
        rows.dump([item.id for item in items]),
    )
    return {row["id"]: {name: row[name] for name in columns} for row in found}


def _item(item: Item, at: datetime) -> dict[str, object]:
    return {"id": item.id, **rows.content(item), "status": item.status, "changed_at": rows.instant(at)}


def _update_item(bank: Bank, item: Item, before: dict[str, object], at: datetime, *, moved: bool) -> int:
    """Bring the item's content up to date; 1 if that changed anything people see.

    A retired item that is generated again comes back, unless a person has retired it."""
    content = rows.content(item)
    old_status = str(before.pop("status"))
    overlay = overlays.of(bank, item.id)
    if overlay:
        content, status = overlays.regenerated(bank, overlay, content, old_status)
    else:
        status = "draft" if old_status == "retired" else old_status
    seen = moved or status != old_status or not overlays.same(content, before, rows.SHOWN)
    if not seen and content == before:
        return 0
    settings = ", ".join(f"{column} = ?" for column in content)
    bank.run(
        f"update items set {settings}, status = ?, changed_at = iif(?, ?, changed_at) where id = ?",
        *content.values(),
        status,
        seen,
        rows.instant(at),
        item.id,
    )
    return int(seen)


def _put_origin(bank: Bank, document_id: int, item: Item) -> bool:
    """Keep where the item stands; did what people see of that change?"""
    row = _origin(document_id, item)
    key = "where item_id = ? and document_id = ?"
    before = bank.rows(f"select {', '.join(row)} from origins {key}", item.id, document_id)
    changed = [name for name in row if not before or before[0][name] != row[name]]
    if changed:
        insert(bank, "origins", row, "insert or replace")
    return not before or any(name in SHOWN_ORIGIN for name in changed)


def _origin(document_id: int, item: Item) -> dict[str, object]:
    return {"item_id": item.id, "document_id": document_id, **rows.origin(item)}


def _drop_vanished(
    bank: Bank, document_id: int, items: tuple[Item, ...], fresh: tuple[Item, ...], at: datetime
) -> int:
    """Take this document's vanished items out; how many no longer stand anywhere.

    An item a person has touched is retired and keeps its origin, so that its evidence can still be shown."""
    living = {item.id for item in items}
    count = 0
    for row in bank.rows("select item_id, evidence from origins where document_id = ?", document_id):
        item_id = row["item_id"]
        if item_id in living:
            continue
        if homes.leave(bank, item_id, document_id, at):
            continue
        overlays.hand_on(bank, item_id, row["evidence"], fresh)
        count += _retire_or_delete(bank, item_id, at)
    return count


def _retire_or_delete(bank: Bank, item_id: str, at: datetime) -> int:
    touched = any(
        bank.value(f"select exists(select 1 from {table} where item_id = ?)", item_id) for table in TOUCHES
    )
    if not touched:
        bank.run("delete from items where id = ?", item_id)
        return 1
    return homes.disappear(bank, item_id, at)


def titles(bank: Bank) -> dict[str, str]:
    """A source's base name -> the title to show for it, where one is known."""
    found = bank.rows("select name, title from documents where title is not null order by name, path desc")
    return {row["name"]: row["title"] for row in found}
