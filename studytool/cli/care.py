"""Taking care of the bank: backup, restore, doctor."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from studytool.cli import console

if TYPE_CHECKING:
    from studytool.schedule import Settings as Scheduling
    from studytool.store.doctor import Finding


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
    from studytool.store import backups
    from studytool.store.copies import backups_of

    place = Path(console.place_of_bank(context))
    if file is None:
        for one in backups.listed(place):
            size = one.path.stat().st_size / 1_000_000
            console.tell(f"{one.made_at.astimezone():%Y-%m-%d %H:%M:%S}  {size:.1f} MB  {one.path.name}")
        console.tell(f"备份在 {backups_of(place)}；恢复：studytool restore 文件名")
        return
    chosen = backups.named(file, place)
    saved = backups.restore(chosen, place, console.now())
    console.tell(f"已用 {chosen.name} 恢复。" + (f"恢复前的题库存为 {saved.path.name}。" if saved else ""))


def doctor(
    context: typer.Context,
    repair: Annotated[bool, typer.Option("--repair", help="修复能修复的。")] = False,
    json: Annotated[bool, typer.Option("--json", help="输出一个 JSON 文档。")] = False,
) -> None:
    """检查题库有没有损坏；加 --repair 修复。发现未修复的问题时退出码为 1。

    例：studytool doctor        studytool doctor --repair
    """
    findings = _examined(context, repair=repair)
    if repair and any(finding.of_file and not finding.repaired for finding in findings):
        findings = _salvaged(context, findings)
    if json:
        console.show_json([{"what": f.what, "count": f.count, "repaired": f.repaired} for f in findings])
    else:
        for finding in findings:
            console.tell(f"{finding.what}：{finding.count} 处" + ("，已修复" if finding.repaired else ""))
        console.tell(_advice(findings, repair=repair))
    if any(not finding.repaired for finding in findings):
        raise typer.Exit(1)


def _examined(context: typer.Context, *, repair: bool) -> tuple[Finding, ...]:
    from studytool.errors import DamagedBank
    from studytool.store import backups
    from studytool.store.doctor import Finding, examine

    try:
        with console.open_bank(context) as bank:
            if repair:
                backups.make(bank, Path(console.place_of_bank(context)), console.now())
            return examine(bank, repair=repair, settings=_settings())
    except DamagedBank as error:  # not even its own list of what it is can be read
        return (Finding(str(error), 1, repaired=False, of_file=True),)


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


def _salvaged(context: typer.Context, findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """What is left to say after all that can still be read was put into a sound bank."""
    from dataclasses import replace

    from studytool.store import salvage
    from studytool.store.doctor import Finding

    unread = salvage.rebuild(Path(console.place_of_bank(context)), console.now())
    if unread is None:
        return findings
    mended = tuple(replace(finding, repaired=True) for finding in findings)
    sources = ((table, f"取自备份 {copy.path.name}" if copy else "没有备份可取") for table, copy in unread)
    told = (
        Finding(
            f"读不出来的表 {table}（{source}；请再运行一次 build，导入的题请再导入一次）", 1, repaired=True
        )
        for table, source in sources
    )
    return (*mended, *told, *_examined(context, repair=True))


def _advice(findings: Sequence[Finding], *, repair: bool) -> str:
    if not findings:
        return "题库完好。"
    if not repair:
        return "修复：studytool doctor --repair"
    if all(finding.repaired for finding in findings):
        return "修复前的题库已备份。"
    return "有的不能修复：请用 studytool restore 从备份恢复；修复前的题库已备份。"
