"""The help is a manual: every command has a description and examples, and every example can be typed."""

from __future__ import annotations

import re
import shlex

import pytest

from normalize.cli import _parser, main

Capture = pytest.CaptureFixture[str]
COMMANDS = sorted(next(a for a in _parser()._actions if a.choices and "lint" in a.choices).choices)


def help_of(capsys: Capture, *command: str) -> str:
    with pytest.raises(SystemExit) as stop:
        main([*command, "--help"])
    assert stop.value.code == 0
    return capsys.readouterr().out


def examples(text: str) -> list[list[str]]:
    """What follows `calque` in the lines of the part `examples`, up to a redirection or what is said of it."""
    _, _, part = text.partition("\nexamples:\n")
    lines = [re.split(r"\s{2,}", line.strip())[0] for line in part.split("\n\n")[0].splitlines()]
    return [shlex.split(re.split(r" [<>] |\)", line.split("calque ", 1)[1])[0]) for line in lines]


def test_the_help_of_the_command_names_every_command_and_exit_code(capsys: Capture) -> None:
    text = help_of(capsys)
    for command in COMMANDS:
        assert re.search(rf"^    {command}\b", text, re.M), command
    for code in range(4):
        assert re.search(rf"^  {code}  \w", text, re.M)


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_every_example_can_be_typed(command: str, capsys: Capture) -> None:
    shown = examples(help_of(capsys, *command.split()))
    assert shown
    for arguments in shown:
        _parser().parse_args(arguments)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_says_what_it_does(command: str, capsys: Capture) -> None:
    text = help_of(capsys, command)
    assert re.search(r"^[A-Z][^\n]{15,}", text.split("\n\n", 1)[1], re.M)
