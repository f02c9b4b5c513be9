"""Taking care of the bank: backup, restore, doctor."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from studytool.cli import console
from studytool.errors import StudyError

if TYPE_CHECKING:
    from studytool.schedule import Settings as Scheduling
    from studytool.store.doctor import Finding
    from studytool.store.salvage import Unread


def backup(context: typer.Context) -> None:
    """立即备份题库；平时每天第一次使用后自动备份，旧的逐渐稀疏保留。

    例：studytool backup
    """
    from studytool.store import backups

    place = Path(console.place_of_bank(context))
    with console.open_bank(context) as bank:
        made = backups.make(bank, place, console.now())
    console.tell(f"已备份到 {made.path}")


def restore(
    context: typer.Context,
    file: Annotated[str | None, typer.Argument(metavar="[FILE]", help="哪一份备份；不给则列出全部。")] = None,
) -> None:
    """用一份备份恢复题库；恢复前的题库也会存成一份备份。

    例：studytool restore        studytool restore bank-20260302-120000.db
    """
    from studytool.store import backups, restoring

    place = Path(console.place_of_bank(context))
    if file is None:
        _list(place)
        return
    chosen = backups.named(file, place)
    saved = restoring.restore(chosen, place, console.now())
    console.tell(f"已用 {chosen.name} 恢复。" + (f"恢复前的题库存为 {saved.path.name}。" if saved else ""))


def _list(place: Path) -> None:
    from studytool.store import backups
    from studytool.store.copies import backups_of

    folder = backups_of(place)
    if folder.is_dir() and not os.access(folder, os.R_OK | os.X_OK):
        raise StudyError(f"读不了备份文件夹 {folder}：请检查它的权限")
    for one in backups.listed(place):
        if (size := _megabytes(one.path)) is not None:
            console.tell(f"{one.made_at.astimezone():%Y-%m-%d %H:%M:%S}  {size:.1f} MB  {one.path.name}")
    for path in backups.before_changes(place):
        if (size := _megabytes(path)) is not None:
            console.tell(f"升级前留下的备份      {size:.1f} MB  {path.name}")
    console.tell(f"备份在 {folder}；恢复：studytool restore 文件名")


def _megabytes(path: Path) -> float | None:
    """The size of a copy; None if another has just taken it away."""
    try:
        return path.stat().st_size / 1_000_000
    except FileNotFoundError:
        return None


def doctor(
    context: typer.Context,
    repair: Annotated[bool, typer.Option("--repair", help="修复能修复的。")] = False,
    json: Annotated[bool, typer.Option("--json", help="输出一个 JSON 文档。")] = False,
) -> None:
    """检查题库有没有损坏；加 --repair 修复。发现未修复的问题时退出码为 1。

    例：studytool doctor        studytool doctor --repair
    """
    findings, saved = _examined(context, repair=repair)
    if repair and any(finding.of_file and not finding.repaired for finding in findings):
        findings, saved = _salvaged(context, findings, saved=saved)
    if json:
        console.show_json([{"what": f.what, "count": f.count, "repaired": f.repaired} for f in findings])
    else:
        for finding in findings:
            console.tell(f"{finding.what}：{finding.count} 处" + ("，已修复" if finding.repaired else ""))
        console.tell(_advice(findings, repair=repair, saved=saved))
    if any(not finding.repaired for finding in findings):
        raise typer.Exit(1)


def _examined(context: typer.Context, *, repair: bool) -> tuple[tuple[Finding, ...], bool]:
    """What is wrong with the bank, and whether it was kept as it was before repairs."""
    from studytool.errors import DamagedBank
    from studytool.store import backups
    from studytool.store.doctor import Finding, examine

    saved = False
    try:
        with console.open_bank(context) as bank:
            if repair:
                backups.make(bank, Path(console.place_of_bank(context)), console.now())
                saved = True
            return examine(bank, repair=repair, settings=_settings()), saved
    except DamagedBank as error:  # not even its own list of what it is can be read
        return (Finding(str(error), 1, repaired=False, of_file=True),), saved


def _settings() -> Scheduling:
    """How sure the person wants to be; a settings file that cannot be read keeps nobody from repairing."""
    from studytool import schedule
    from studytool.cli import settings
    from studytool.errors import StudyError

    try:
        wishes = settings.load()
    except StudyError:
        return schedule.DEFAULT
    return schedule.Settings(wishes.desired_retention, maximum_interval=wishes.maximum_interval)


def _salvaged(
    context: typer.Context, findings: tuple[Finding, ...], *, saved: bool
) -> tuple[tuple[Finding, ...], bool]:
    """What is left to say after all that can still be read was put into a sound bank."""
    from dataclasses import replace

    from studytool.store import salvage
    from studytool.store.doctor import Finding

    unread = salvage.rebuild(Path(console.place_of_bank(context)), console.now(), _settings())
    if unread is None:
        return findings, saved
    mended = tuple(replace(finding, repaired=True) for finding in findings)
    told = (Finding(f"读不出来的表 {one.table}（{_made_of(one)}）", 1, repaired=True) for one in unread)
    return (*mended, *told, *_examined(context, repair=True)[0]), True


def _made_of(one: Unread) -> str:
    """What stands now in a table that could not be read whole."""
    from studytool.store import salvage

    source = f"取自备份 {one.copy.path.name}" if one.copy else f"没有备份可取，读出 {one.rows} 行"
    if one.table in salvage.MADE:
        return f"{source}；请再运行一次 build，导入的题请再导入一次"
    return f"{source}；记忆已按答题记录重新推算" if one.table == salvage.REMEMBERED else source


def _advice(findings: Sequence[Finding], *, repair: bool, saved: bool) -> str:
    if not findings:
        return "题库完好。"
    if not repair:
        return "修复：studytool doctor --repair"
    kept = "修复前的题库已备份。" if saved else "题库没有改动。"
    if all(finding.repaired for finding in findings):
        return kept
    return f"有的不能修复：请用 studytool restore 从备份恢复；{kept}"
