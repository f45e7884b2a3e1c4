"""The wheel works by itself: built, installed elsewhere, its tables load and its command runs."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def wheel(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(out), str(root)]
    subprocess.run(command, check=True, capture_output=True)
    return next(out.glob("*.whl"))


def test_nothing_but_normalize_is_importable(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    tops = {name.partition("/")[0] for name in names if not name.partition("/")[0].endswith(".dist-info")}
    assert tops == {"normalize"}
    assert "normalize/aliases/TABLES.toml" in names
    assert "normalize/aliases/people/cn.toml" in names
    assert "normalize/py.typed" in names
    assert "normalize/shipped.calque" in names, "the compiled index is carried"
    assert not [name for name in names if name.endswith(".c")], "sources of the matcher stay in the source distribution"


def test_the_tag_says_what_is_inside(wheel: Path) -> None:
    native = [name for name in zipfile.ZipFile(wheel).namelist() if name.startswith("normalize/index/_scan.abi3")]
    assert wheel.stem.endswith("-py3-none-any") != bool(native)
    if native:
        assert "-cp311-abi3-" in wheel.stem


def test_without_a_compiler_the_wheel_is_pure_and_works(root: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(tmp_path), str(root)]
    done = subprocess.run(
        command, check=True, capture_output=True, text=True, env={**os.environ, "CC": "no-such-compiler"}
    )
    assert "the plain one will scan" in done.stdout + done.stderr
    (pure,) = tmp_path.glob("*-py3-none-any.whl")
    assert not [name for name in zipfile.ZipFile(pure).namelist() if "_scan.abi3" in name]
    zipfile.ZipFile(pure).extractall(tmp_path / "inside")
    said = subprocess.run(
        [sys.executable, "-m", "normalize", "--version"],
        cwd=tmp_path / "inside",
        env={"PATH": os.environ["PATH"], "HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path / "cache")},
        capture_output=True,
        text=True,
        check=True,
    )
    assert ", plain matcher" in said.stdout.splitlines()[0]
    assert said.stderr == "", "nothing is compiled: the index is carried"


def test_calque_plain_forces_the_plain_matcher(root: Path) -> None:
    said = subprocess.run(
        [sys.executable, "-m", "normalize", "--version"],
        env={**os.environ, "CALQUE_PLAIN": "1"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert ", plain matcher" in said.stdout.splitlines()[0]


def test_installed_elsewhere_it_lints(wheel: Path, tmp_path: Path) -> None:
    venv.create(tmp_path / "venv", with_pip=True)
    python = tmp_path / "venv" / "bin" / "python"
    subprocess.run([python, "-m", "pip", "install", "-q", "--no-deps", str(wheel)], check=True, capture_output=True)
    text = tmp_path / "story.txt"
    text.write_text("Chinese Foreign Minister Vuong Nghi flew to Madrid.\n", "utf-8")
    done = subprocess.run(
        [tmp_path / "venv" / "bin" / "calque", "lint", "story.txt"],
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"], "HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path / "cache")},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 1, done.stderr
    assert "fix: Wang Yi" in done.stdout
    assert "compiling" not in done.stderr, "the index is carried"


def test_an_editable_install_sees_a_new_table_without_reinstalling(root: Path) -> None:
    from normalize.tables.locate import table_files, tables_root

    assert tables_root() == root / "aliases"
    new = tables_root() / "people" / "zz.toml"
    try:
        new.write_text("# empty\n", "utf-8")
        assert new in table_files(tables_root())
    finally:
        new.unlink()
