"""`calque completion`: the words of the command for a shell to complete, read off the parser itself."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

DESCRIPTION = "Print the script that makes a shell complete calque's commands, options and their values."

EPILOG = """examples:
  eval "$(calque completion bash)"                                   in ~/.bashrc
  calque completion zsh > "${fpath[1]}/_calque"                       zsh
  calque completion fish > ~/.config/fish/completions/calque.fish     fish
"""


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Say what the command takes."""
    parser = commands.add_parser(
        "completion",
        help="print a script for your shell",
        description=DESCRIPTION,
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("shell", choices=("bash", "zsh", "fish"))
    parser.set_defaults(run=lambda options: _run(options, commands))


def _run(options: argparse.Namespace, commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> int:
    script = {"bash": bash, "zsh": zsh, "fish": fish}[options.shell]
    print(script(words(commands)), end="")
    return 0


Words = dict[str, dict[str, list[str]]]
"""By command: each option with the values it takes, empty where any will do; the key "" holds positional choices."""


def words(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> Words:
    """Everything that can be completed."""
    return {name: dict(_options(parser)) for name, parser in commands.choices.items()}


def _options(parser: argparse.ArgumentParser) -> Iterator[tuple[str, list[str]]]:
    positional: list[str] = []
    for action in parser._actions:  # argparse offers no public list of what a parser takes
        choices = [str(choice) for choice in action.choices or []]
        for option in action.option_strings:
            if option.startswith("--"):
                yield option, choices
        if not action.option_strings:
            positional += choices
        if isinstance(action, argparse._SubParsersAction):  # a command's verbs: their options are the command's
            for verb in action.choices.values():
                yield from ((option, values) for option, values in _options(verb) if option)
    yield "", positional


def bash(known: Words) -> str:
    """The script for bash; zsh reads it too."""
    cases = []
    for name, options in known.items():
        flags = " ".join(option for option in options if option)
        values = "".join(
            f"        {name}:{option}) words='{' '.join(choices)}' ;;\n"
            for option, choices in options.items()
            if option and choices
        )
        cases.append(f"{values}        {name}:*) words='{' '.join([*options.get('', []), flags])}' ;;\n")
    return (
        "# completion of calque for bash\n"
        "_calque() {\n"
        '    local word="${COMP_WORDS[COMP_CWORD]}" before="${COMP_WORDS[COMP_CWORD-1]}" words\n'
        '    if [ "$COMP_CWORD" -eq 1 ]; then\n'
        f"        words='{' '.join(known)} --help --version'\n"
        '    else case "${COMP_WORDS[1]}:$before" in\n'
        f"{''.join(cases)}"
        "    esac; fi\n"
        '    COMPREPLY=($(compgen -W "$words" -- "$word"))\n'
        "}\n"
        "complete -o default -F _calque calque\n"
    )


def zsh(known: Words) -> str:
    """The script for zsh, through its reader of bash's."""
    return f"#compdef calque\nautoload -U +X bashcompinit && bashcompinit\n{bash(known)}"


def fish(known: Words) -> str:
    """The script for fish."""
    lines = ["# completion of calque for fish"]
    lines += [f"complete -c calque -n __fish_use_subcommand -a {name}" for name in known]
    for name, options in known.items():
        here = f'complete -c calque -n "__fish_seen_subcommand_from {name}"'
        for option, choices in options.items():
            if option:
                values = f" -x -a '{' '.join(choices)}'" if choices else ""
                lines.append(f"{here} -l {option.removeprefix('--')}{values}")
            elif choices:
                lines.append(f"{here} -a '{' '.join(choices)}'")
    return "\n".join(lines) + "\n"
