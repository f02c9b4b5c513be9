"""`studytool build`: files and folders -> the bank."""

from __future__ import annotations

import gc
import os
import re
import time
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from studytool.cli import console, progress
from studytool.cli.options import day_of_document
from studytool.errors import StudyError
from studytool.limits import MOST_CORES

if TYPE_CHECKING:
    from studytool.cli.progress import Progress
    from studytool.model import BuildReport
    from studytool.moved import Gone
    from studytool.pipeline import Maker
    from studytool.sources import Discovery
    from studytool.store.bank import Bank

SAMPLE_COUNT = 3
TOLD_COUNT = 5  # files that were moved, or are gone
# How many new objects are collected at a time: what a document leaves behind has few cycles, and looking for
# them every 700 objects, as Python does, takes a twentieth of a build.
COLLECTED = (100_000, 50, 100)


def build(
    context: typer.Context,
    paths: Annotated[
        list[str], typer.Argument(metavar="PATH…", help="文件、文件夹、压缩包，或 - 表示标准输入。")
    ],
    date: Annotated[
        datetime | None,
        typer.Option(
            formats=["%Y-%m-%d"],
            callback=day_of_document,
            help="文献的日期；只用于文中和 sources.toml 都没有写明日期的。",
        ),
    ] = None,
    jobs: Annotated[
        int, typer.Option(min=0, max=MOST_CORES, metavar="N", help="同时使用的处理器核数；0 为全部。")
    ] = 0,
    cluster: Annotated[
        str | None,
        typer.Option(
            metavar="ADDRESS", help="交给这个 dask 调度器的工作进程做，如 tcp://主机:8786；不用 --jobs。"
        ),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="只输出一个 JSON 对象。")] = False,
) -> None:
    """读入文献，找出知识点，生成试题，存进题库。

    例：studytool build seeds        studytool build 公报.pdf 决议.docx
    """
    from studytool import moved, pipeline

    started = time.monotonic()
    found = pipeline.discover(paths, date.date() if date else None)
    gone = None
    if found.sources:
        with console.open_bank(context, create=True) as bank:
            found = _without_withdrawn(bank, found, paths)
            report = _taken_in(bank, found, _maker(jobs, cluster), quiet=json)
            gone = moved.gone(bank, found, paths)
    else:
        report = pipeline.nothing(found)
    seconds = round(time.monotonic() - started, 2)
    for path, reason in (*found.unheeded, *report.skipped, *report.unread):
        console.complain(f"{path}：{reason}")
    _tell_moved(report.moved)
    if paths == ["-"] and report.retired:
        console.tell("从标准输入来的都算同一份文献，这次的换下了上次的：若是两份，请各存成文件再 build")
    if gone and gone.paths:
        console.tell(_said_of(gone))
    if json:
        console.show_json(_as_json(report, seconds))
    elif report.documents:
        _show_summary(context, report, seconds, [source.path for source in found.sources])
    if report.skipped:
        raise typer.Exit(2)


def _tell_moved(moved: tuple[tuple[str, str], ...]) -> None:
    """Which files were known under another path: the first few by name."""
    for before, now in moved[:TOLD_COUNT]:
        console.tell(f"{now} 就是原来的 {before}（已不在原处）：题目和学习记录都随它走")
    if len(moved) > TOLD_COUNT:
        console.tell(f"另有 {len(moved) - TOLD_COUNT} 个文件也换了地方或名字，同样处理")


def _said_of(gone: Gone) -> str:
    """Which documents are there no more, and how to take them back: the first few by name."""
    names = "、".join(os.path.basename(path) for path in gone.paths[:TOLD_COUNT])  # noqa: PTH119
    more = f"等 {len(gone.paths)} 份文件" if len(gone.paths) > TOLD_COUNT else ""
    left = f"其中 {gone.items} 题照常出" if gone.items else "其中的题在别的文件里也有"
    return f"{names}{more} 已不在文件夹里，{left}；不再用的请撤回：studytool withdraw {gone.paths[0]}"


def _taken_in(bank: Bank, found: Discovery, maker: Maker, *, quiet: bool) -> BuildReport:
    from studytool import pipeline

    gc.set_threshold(*COLLECTED)  # for the workers too, which are forked from here
    with _progress(quiet=quiet) as watch:
        return pipeline.build_by(maker, bank, found, console.now(), watch)


def _maker(jobs: int, address: str | None) -> Maker:
    """Who makes the items: the cores of this machine, or a cluster."""
    if address is None:
        from studytool import pipeline

        return pipeline.on_cores(jobs or os.cpu_count() or 1)
    if not _SCHEDULER.fullmatch(address):
        raise StudyError(f"--cluster {address}：地址应形如 tcp://主机:8786，请照 dask scheduler 显示的写")
    from studytool import cluster

    return cluster.on(address)


_SCHEDULER = re.compile(r"(?:tcp|tls|wss?)://(?:\[[0-9A-Fa-f:.%\w]+\]|[^\s/:\[\]]+):\d{1,5}/?")


def _without_withdrawn(bank: Bank, found: Discovery, paths: list[str]) -> Discovery:
    """What was taken back stays so while it only lies in a folder; a file that is named comes back."""
    from dataclasses import replace

    from studytool.store import withdrawal

    named = {os.path.abspath(path) for path in paths}  # noqa: PTH100 - a link is taken by its own name
    gone = withdrawal.withdrawn(bank).keys() - named
    for source in found.sources:
        if source.path in gone:
            console.tell(f"{source.name} 已撤回，没有读入；要重新启用，请写出它的路径：studytool build 文件")
    return replace(found, sources=tuple(source for source in found.sources if source.path not in gone))


def _as_json(report: BuildReport, seconds: float) -> dict[str, object]:
    counts = ("documents", "articles", "sentences", "knowledge", "items", "new", "changed", "retired")
    return {
        **{name: getattr(report, name) for name in counts},
        "skipped": [{"path": path, "reason": reason} for path, reason in report.skipped],
        "dropped": dict(report.dropped),
        "seconds": seconds,
    }


def _show_summary(context: typer.Context, report: BuildReport, seconds: float, paths: list[str]) -> None:
    from studytool.model import ItemFilter
    from studytool.store import figures, items
    from studytool.views import summary

    with console.open_bank(context) as bank:
        best = items.select(bank, ItemFilter(), top=40)
        undated = summary.undated(figures.undated(bank, paths))
    console.show(summary.built(report, seconds))
    if undated:
        console.show(undated)
    if not best:
        console.show(summary.without_items())
        return
    console.show(summary.samples(best, SAMPLE_COUNT))
    console.show(summary.next_steps())


def _progress(*, quiet: bool) -> AbstractContextManager[Progress]:
    """A bar on a terminal, plain lines when piped, nothing when quiet."""
    return nullcontext(progress.nothing) if quiet else progress.shown("读取……", _tell_progress)


def _tell_progress(done: int, total: int, name: str) -> None:
    if total > 1:
        console.tell(f"[{done}/{total}] {name}")
