"""The page of a run in a real browser, as wide as a phone and as a desk: what an editor sees of it."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from normalize.cli import main

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
WIDE = "<script>document.title = document.documentElement.scrollWidth <= innerWidth ? 'fits' : 'too wide'</script>"


@pytest.fixture
def page(tmp_path: Path, root: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    path = tmp_path / "page.html"
    story = root / "corpora" / "stories" / "seas-and-minerals" / "003-vietnamese.txt"
    assert main(["lint", "--output", f"html={path}", str(story)]) == 1
    capsys.readouterr()
    return path


def test_the_line_under_a_text_says_language_and_origin(page: Path) -> None:
    assert '<p class="soft">en, reads as translated from vi</p>' in page.read_text("utf-8")


@pytest.mark.skipif(not BROWSER, reason="no browser is installed")
@pytest.mark.parametrize("width", [390, 1280], ids=["phone", "desk"])
def test_a_browser_shows_the_page_without_a_bar_below(page: Path, tmp_path: Path, width: int) -> None:
    asking = tmp_path / "asking.html"
    open_ = re.sub('<meta http-equiv="Content-Security-Policy"[^>]*>', "", page.read_text("utf-8"))  # it bars WIDE
    asking.write_text(open_.replace("</body>", f"{WIDE}</body>"), "utf-8")
    run = [str(BROWSER), "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path}/profile"]
    command = [*run, f"--window-size={width},900", "--dump-dom", asking.as_uri()]
    seen = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True).stdout
    assert "<title>fits</title>" in seen
    assert seen.count("rare soil") > 1
