"""What the settings of a project come to: every door reads them here, so that all say the same and refuse the same."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from normalize.check import Checker
from normalize.config import Config
from normalize.errors import UsageError, nearest
from normalize.index.own import with_tables
from normalize.index.pack import Pack
from normalize.tables.styles import read_house


def own_tables(config: Config) -> tuple[Path, ...]:
    """The project's tables, its packs' among them; UsageError names a pack that is nowhere."""
    if not config.packs:
        return config.tables_named
    from normalize.tables.packs import pack_files

    return config.tables_named + pack_files(config.packs, config.root)


def checker_under(
    config: Config,
    *,
    style: str | None = None,
    language: str | None = None,
    encoding: str | None = None,
    date: str = "",
    tables: Sequence[Path] = (),
    pack: Pack | None = None,
) -> Checker:
    """A checker under the settings; what the caller names goes before them, its ``tables`` stand beside theirs.

    With ``pack`` that index is used, and no table of anybody's beside it. UsageError names the style, language,
    encoding, rule or entity that does not exist.
    """
    own = () if pack else (*own_tables(config), *tables)
    pack = pack or with_tables(own)
    wanted = style or config.style
    if not pack.has(f"style/{wanted}"):
        known = [name.partition("/")[2] for name in pack.names("style/")]
        raise UsageError(f'no house style "{wanted}"{nearest(wanted, known) or "; known: " + ", ".join(known)}')
    house = read_house(config.house, pack.has, pack.names, pack.record("languages"))
    tag = language or config.language
    if tag:
        refuse_unknown(tag, pack)
    given = encoding or config.encoding
    if given:
        from normalize.text import encodings

        given = encodings.wanted(given)
    return Checker(pack, wanted, tag, config.ignored(pack.record("rules")), own, house, given, date)


def refuse_unknown(language: str, pack: Pack) -> None:
    """UsageError where no language has the tag."""
    languages = pack.record("languages")
    if language.split("-")[0].lower() not in languages:
        raise UsageError(f'no language "{language}"{nearest(language, languages)}; a tag such as en or vi is wanted')


__all__ = ["checker_under", "own_tables", "refuse_unknown"]
