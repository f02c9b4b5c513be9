"""Being told to end while a text is typed: whenever that comes, the editor comes to its end."""

import os
import signal
from collections.abc import Callable

import pytest
from prompt_toolkit import PromptSession
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from studytool.cli.leaving import ToldToEnd, ended_between_keys


def told() -> None:
    os.kill(os.getpid(), signal.SIGTERM)


def prompted_after_the_signal() -> None:
    with ended_between_keys() as first:
        told()
        PromptSession[str]().prompt("题干", pre_run=first)


def prompted_with_the_signal() -> None:
    with ended_between_keys() as first:
        PromptSession[str]().prompt(drawn, pre_run=first)


def drawn() -> str:
    told()
    return "题干"


@pytest.mark.parametrize("prompted", [prompted_after_the_signal, prompted_with_the_signal])
def test_whoever_is_told_before_the_editor_listens_or_while_it_draws_is_ended(
    prompted: Callable[[], None],
) -> None:
    with (
        create_pipe_input() as keys,
        create_app_session(input=keys, output=DummyOutput()),
        pytest.raises(ToldToEnd),
    ):
        prompted()


def test_what_signals_did_before_they_do_again() -> None:
    before = signal.getsignal(signal.SIGTERM)
    with ended_between_keys():
        assert signal.getsignal(signal.SIGTERM) is not before
    assert signal.getsignal(signal.SIGTERM) is before
