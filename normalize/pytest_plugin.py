"""The pytest plugin's entry point: options and fixtures. Everything else is imported when it is asked for.

With ``--calque``, or ``calque = true`` in pytest's settings, the pages that the settings name become test items
(testing/collect.py). Without, this module is all that is loaded: it may import pytest and nothing of calque.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from normalize.testing.texts import AssertTranslation, Texts

GRANULARITIES = ("file", "rule", "finding")
SEVERITIES = ("info", "warning", "error")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Options of the command line and of pytest's settings."""
    group = parser.getgroup("calque", "translation quality and names (calque)")
    group.addoption("--calque", action="store_true", default=None, help="check the pages that the settings name")
    group.addoption("--no-calque", action="store_false", dest="calque", help="do not, whatever the settings say")
    group.addoption(
        "--calque-granularity",
        choices=GRANULARITIES,
        help="one test item a file, a rule of a file, or a finding (default: calque_granularity, else file)",
    )
    group.addoption(
        "--calque-fail-on",
        choices=SEVERITIES,
        help="fail from this severity on, warn below (default: fail-on of [tool.calque], else warning)",
    )
    parser.addini("calque", "check the pages that the settings name", type="bool", default=False)
    parser.addini("calque_granularity", "one test item a file, a rule of a file, or a finding", default="file")
    parser.addini(
        "calque_files",
        "globs of pages, relative to the folder of pytest's settings; default: files of [tool.calque]",
        type="linelist",
        default=[],
    )


def pytest_configure(config: pytest.Config) -> None:
    """Make the marker known; load the collector if it is asked for."""
    config.addinivalue_line("markers", "calque: a page checked by calque")
    asked = config.getoption("calque")
    if config.getini("calque") if asked is None else asked:
        from normalize.testing.collect import Pages

        config.pluginmanager.register(Pages(config), "calque-pages")


@pytest.fixture(scope="session")
def calque(pytestconfig: pytest.Config) -> Texts:
    """Checks texts under the project's settings: ``.assert_clean(text)``, ``.check(text)``, ``.mentions(text)``."""
    from normalize.testing.texts import Texts

    return Texts.under(pytestconfig.rootpath)


@pytest.fixture(scope="session")
def assert_translation(calque: Texts) -> AssertTranslation:
    """``assert_translation(text, source=…, reference=…)``: see `normalize.testing.texts.AssertTranslation`."""
    from normalize.testing.texts import AssertTranslation

    return AssertTranslation(calque)
