"""`studytool settings`: where the settings are, and what they say; every command reads them here."""

from __future__ import annotations

import os
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from studytool.cli import console
from studytool.cli.reading import bytes_of
from studytool.errors import StudyError

if TYPE_CHECKING:
    from studytool.schedule import Settings as Scheduling
    from studytool.settings import Settings
    from studytool.store.bank import Bank

PLACE = "STUDYTOOL_SETTINGS"
Learner = Annotated[
    str | None, typer.Option("--learner", metavar="NAME", help="学员；默认是设置里的学员，没有设置就是“我”。")
]


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

    place = place_of_settings()
    if init:
        if place.exists():
            raise StudyError(f"设置文件 {place} 已经有了：请直接改它，或先移走")
        place.parent.mkdir(parents=True, exist_ok=True)
        files.write(str(place), TEMPLATE.encode())
        console.tell(f"已写好 {place}")
    elif json:
        console.show_json({"file": str(place), "exists": place.exists(), **asdict(load())})
    else:
        console.show(views.screen(str(place), place.exists(), load()))


def place_of_settings() -> Path:
    """The settings file: from STUDYTOOL_SETTINGS, or in the user's config folder."""
    if os.environ.get(PLACE):
        return Path(os.environ[PLACE])
    from platformdirs import user_config_path

    return user_config_path("studytool", appauthor=False) / "settings.toml"


def load() -> Settings:
    """The settings; without a file, the usual ones."""
    from studytool.settings import Settings, parse

    place = place_of_settings()
    try:
        return parse(str(place), bytes_of(place).decode())
    except FileNotFoundError:
        return Settings()
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "不是 UTF-8 文字"
        raise StudyError(f"读不了设置文件 {place}（{reason}）：请检查它，或用 {PLACE} 换一处") from error


def scheduling(bank: Bank, learner: str, settings: Settings) -> Scheduling:
    """How the learner's answers are scheduled: their settings, and the parameters fitted to them."""
    from studytool import schedule
    from studytool.store import study

    return schedule.Settings(
        desired_retention=settings.desired_retention,
        parameters=study.parameters(bank, learner) or (),
        maximum_interval=settings.maximum_interval,
    )
