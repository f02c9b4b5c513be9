"""A bank -> what is wrong with it, and the repairs that can be made; after them nothing is found again."""

from __future__ import annotations

from dataclasses import dataclass

from studytool.store.bank import Bank
from studytool.store.rot import ROTS


@dataclass(frozen=True, slots=True)
class Finding:
    """One kind of damage: what, how much of it, and whether it was repaired."""

    what: str
    count: int
    repaired: bool


@dataclass(frozen=True, slots=True)
class _Check:
    what: str
    count: str  # SQL that counts the damage
    repair: str  # SQL that mends it


# In this order: a memory of a missing item must go before memories are judged.
CHECKS = (
    _Check(
        "记忆指向不存在的题",
        "select count(*) from memories where item_id not in (select id from items)",
        "delete from memories where item_id not in (select id from items)",
    ),
    _Check(
        "记忆的数值不可能（稳定性、难度、状态或日期）",
        "select count(*) from memories where {impossible}",
        "delete from memories where {impossible}",
    ),
    _Check(
        "答题记录指向不存在的题",
        "select count(*) from reviews where item_id not in (select id from items)",
        "delete from reviews where item_id not in (select id from items)",
    ),
    _Check(
        "搁置、报错或认可的写法指向不存在的题",
        "select (select count(*) from holds where item_id not in (select id from items))"
        " + (select count(*) from flags where item_id not in (select id from items))"
        " + (select count(*) from variants where item_id not in (select id from items))",
        "delete from holds where item_id not in (select id from items);"
        "delete from flags where item_id not in (select id from items);"
        "delete from variants where item_id not in (select id from items)",
    ),
    _Check(
        "出处指向不存在的题或文件",
        "select count(*) from origins where item_id not in (select id from items)"
        " or document_id not in (select id from documents)",
        "delete from origins where item_id not in (select id from items)"
        " or document_id not in (select id from documents)",
    ),
    _Check(
        "文章没有文件",
        "select count(*) from articles where document_id not in (select id from documents)",
        "delete from articles where document_id not in (select id from documents)",
    ),
    _Check(
        "没有出处、也没有人答过的题",
        "select count(*) from items where {abandoned}",
        "delete from items where {abandoned}",
    ),
)
TEXTS = {
    "impossible": "state not in (1, 2, 3) or stability <= 0 or difficulty not between 1 and 10"
    " or julianday(due_at) is null or (state = 2 and stability is null)",
    "abandoned": "id not in (select item_id from origins) and id not in (select item_id from reviews)"
    " and id not in (select item_id from memories)",
}


def examine(bank: Bank, *, repair: bool) -> tuple[Finding, ...]:
    """What is wrong with the bank; with `repair`, what can be mended is, all of it in one transaction."""
    findings = list(_file_damage(bank, repair=repair))
    if any(not finding.repaired for finding in findings):
        return tuple(findings)
    bank.run("pragma foreign_keys = off")  # or mending one thing would be refused because of another
    try:
        with bank.writing():
            for check in CHECKS:
                count = int(str(bank.value(check.count.format(**TEXTS))))
                if count:
                    findings.append(Finding(check.what, count, repair))
                if count and repair:
                    for statement in check.repair.format(**TEXTS).split(";"):
                        bank.run(statement)
            findings += _rotten(bank, repair=repair)
    finally:
        bank.run("pragma foreign_keys = on")
    return tuple(findings)


def _rotten(bank: Bank, *, repair: bool) -> list[Finding]:
    """Rows with columns that cannot be read."""
    findings = list[Finding]()
    for rot in ROTS:
        count = int(str(bank.value(f"select count(*) from {rot.table} where {rot.rotten}")))
        if count:
            findings.append(Finding(rot.what, count, repair))
        if count and repair:
            for statement in rot.mended:
                bank.run(statement)
    return findings


def _file_damage(bank: Bank, *, repair: bool) -> tuple[Finding, ...]:
    """Damage to the file itself: its indexes can be made anew, all else only a backup can mend."""
    found = _integrity(bank)
    if not found:
        return ()
    if repair:
        bank.run("reindex")
    left = _integrity(bank)
    return (Finding(f"数据库文件损坏：{found[0]}", len(found), repaired=not left),)


def _integrity(bank: Bank) -> tuple[str, ...]:
    found = tuple(str(row[0]) for row in bank.rows("pragma integrity_check(20)"))
    return () if found == ("ok",) else found
