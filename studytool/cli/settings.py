"""`studytool settings`: where the settings are, and what they say; every command reads them here."""

from __future__ import annotations

import os
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from studytool.cli import console
from studytool.cli.reading import text_of
from studytool.errors import FULL, StudyError, WorkFailed
from studytool.named import is_there

if TYPE_CHECKING:
    from studytool.schedule import Settings as Scheduling
    from studytool.settings import Settings
    from studytool.store.bank import Bank

PLACE = "STUDYTOOL_SETTINGS"


def _named(value: str | None) -> str | None:
    """A learner's name as it was meant."""
    from studytool.settings import name_of

    if value is None:
        return None
    name = name_of(value)
    if not name:
        raise StudyError("--learner 是空的：请写上学员的名字，或去掉它")
    return name


Learner = Annotated[
    str | None,
    typer.Option(
        "--learner",
        metavar="NAME",
        callback=_named,
        help="学员；默认是设置里的学员，没有设置就是“我”。",
    ),
]


def tell_if_unknown(bank: Bank, learner: str | None) -> None:
    """Of a learner who was named and has done nothing, records are empty: perhaps the name is misspelt."""
    from studytool.cli.review import some_of
    from studytool.store import learners

    known = learners.names(bank)
    if learner is not None and learner not in known:
        others = f"；题库里的学员有 {some_of(known)}" if known else ""
        console.tell(f"没有学员“{learner}”的记录{others}。")


def settings(
    init: Annotated[bool, typer.Option("--init", help="写出一份带说明的设置文件，供你改。")] = False,
    json: Annotated[bool, typer.Option("--json", help="输出一个 JSON 文档。")] = False,
) -> None:
    """显示设置：文件在哪里，现在各是什么。

    例：studytool settings        studytool settings --init
    """
    from studytool.exports import files
    from studytool.settings import TEMPLATE
    from studytool.views import settings as views

    if init and json:
        raise StudyError("写出设置文件没有结果可输出：--init 和 --json 请只用一个")
    place = place_of_settings()
    if init:
        if is_there(place):
            raise StudyError(f"设置文件 {place} 已经有了：请直接改它，或先移走")
        _make_folder(place.parent)
        files.write(str(place), TEMPLATE.encode())
        console.tell(f"已写好 {place}")
    elif json:
        console.show_json({"file": str(place), "exists": is_there(place), **asdict(load())})
    else:
        console.show(views.screen(str(place), is_there(place), load()))


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise (WorkFailed if error.errno in FULL else StudyError)(
            f"建不了文件夹 {folder}（{error.strerror}）：请检查权限，或用 {PLACE} 换一处"
        ) from error


def place_of_settings() -> Path:
    """The settings file: from STUDYTOOL_SETTINGS, or in the user's config folder."""
    if os.environ.get(PLACE):
        place = Path(os.path.expanduser(os.environ[PLACE]))  # noqa: PTH111 - Path's raises for unknown users
        if os.path.isdir(place):  # noqa: PTH112 - Path's may raise
            raise StudyError(f"{PLACE} 指的 {place} 是文件夹：请让它指一个文件，如 {place / 'settings.toml'}")
        return place
    from platformdirs import user_config_path

    return user_config_path("studytool", appauthor=False) / "settings.toml"


def load() -> Settings:
    """The settings; without a file, the usual ones."""
    from studytool.settings import Settings, parse

    place = place_of_settings()
    if not is_there(place):
        return Settings()
    return parse(str(place), text_of(place, "设置文件"))


def scheduling(bank: Bank, learner: str, settings: Settings) -> Scheduling:
    """How the learner's answers are scheduled: their settings, and the parameters fitted to them."""
    from studytool import schedule
    from studytool.store import learners

    return schedule.Settings(
        desired_retention=settings.desired_retention,
        parameters=learners.parameters(bank, learner) or (),
        maximum_interval=settings.maximum_interval,
    )
