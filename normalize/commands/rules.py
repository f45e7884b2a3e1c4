"""`calque rules`: which rules there are, and which of them a project runs."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from normalize.model import SEVERITIES

if TYPE_CHECKING:
    from normalize.tables.records import Rule

EPILOG = """examples:
  calque rules                            every rule: code, severity, fix, name, what it finds
  calque rules --family RES               what machines and pages leave in a text
  calque rules --channel zh --severity warning
  calque rules --page                     all pages in Markdown, with the measured precision

settings: select = ["NAM", "CAL001"] runs these alone, ignore = ["TYP"] all but these, packs = ["our-terms"]
  adds a folder of [[term]] and [[habit]] tables, or the pack of an installed package
"""


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Say what the command takes."""
    parser = commands.add_parser(
        "rules",
        help="list the rules",
        description="List the rules; a rule that the project's settings switch off is marked with a dash.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--family", default="", metavar="ABC", help="codes that begin so")
    parser.add_argument("--channel", default="", metavar="TAG", help="rules that are a habit of one source language")
    parser.add_argument("--severity", choices=SEVERITIES, help="rules of this severity")
    parser.add_argument("--page", action="store_true", help="all pages in Markdown")
    parser.add_argument(
        "--examples", type=Path, metavar="FOLDER", help="try a pack's own sentences; exit 1 if one fails"
    )
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    from normalize.config import settings
    from normalize.explain import rules_page
    from normalize.tables.load import load_rules
    from normalize.tables.locate import tables_root

    if options.examples:
        return _try_examples(options.examples)
    root = tables_root()
    rules = load_rules(root)
    if options.page:
        print("\n".join(rules_page(rules, root)))
        return 0
    off = settings().ignored(rules)
    for rule in rules.values():
        if _is_wanted(rule, options):
            mark = "-" if rule.code.startswith(off) else " "
            print(f"{mark} {rule.code}  {rule.severity:<8}{rule.safety:<8}{rule.name:<24}{rule.what}")
    return 0


def _is_wanted(rule: Rule, options: argparse.Namespace) -> bool:
    return (
        rule.code.startswith(options.family.upper())
        and (not options.channel or rule.channel == options.channel)
        and (not options.severity or rule.severity == options.severity)
    )


def _try_examples(folder: Path) -> int:
    """Hold a pack's terms against the sentences that they bring."""
    failed = 0
    for line in _failures(folder):
        failed += 1
        print(line)
    print(f"{failed} sentences fail" if failed else "every sentence holds", file=sys.stderr)
    return 1 if failed else 0


def _failures(folder: Path) -> Iterator[str]:
    from normalize.check import Checker
    from normalize.index.own import with_tables
    from normalize.model import Document, Term
    from normalize.tables.packs import pack_files
    from normalize.tables.user import read_user_tables

    files = pack_files([str(folder)], Path())
    checker = Checker(with_tables(files), language="en")
    for entity in read_user_tables(files)[0]:
        for is_hit, texts in ((True, entity.hit), (False, entity.miss)) if isinstance(entity, Term) else ():
            for text in texts:
                found = checker.check(Document("example", text)).findings
                own = [f for f in found if f.entity == entity.id and (is_hit or f.severity != "info")]
                if bool(own) != is_hit:
                    yield f"{entity.id}: {'not found' if is_hit else 'found'} in: {text}"
