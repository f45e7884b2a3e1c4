"""What a wheel holds beside the sources: the matcher in C where a compiler is at hand, and the compiled index.

Without a compiler the wheel is an honest ``py3-none-any`` one, and the plain matcher scans. With one it is tagged for
CPython's stable ABI from 3.11 on. CALQUE_PLAIN=1 builds as if there were none. An editable install puts the
matcher beside its source, and its index is compiled when it is first asked for.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

MODULES = {"normalize.index._scan": "normalize/index/_scan.c", "normalize.names._near": "normalize/names/_near.c"}
CARRIED = "normalize/shipped.calque"


class CalqueBuildHook(BuildHookInterface):
    """Compiles for the wheel target; the source distribution is as it stands."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build what the wheel carries; a matcher that cannot be built is a warning, never an error."""
        self._scratch = Path(tempfile.mkdtemp(prefix="calque-build-"))
        root = Path(self.root)
        compiled = self._compiled(root)
        if compiled:
            build_data["pure_python"] = False
            build_data["tag"] = f"cp311-abi3-{_platform()}"
        if version == "editable":
            for folder, module in compiled:
                beside = root / folder / module.name
                fresh = beside.with_suffix(".new")
                shutil.copy2(module, fresh)
                os.replace(fresh, beside)  # a process that has the old one loaded keeps it whole
            return
        for folder, module in compiled:
            build_data["force_include"][str(module)] = f"{folder.as_posix()}/{module.name}"
        build_data["force_include"][str(self._index(root))] = CARRIED

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Clean up."""
        shutil.rmtree(self._scratch, ignore_errors=True)

    def _compiled(self, root: Path) -> list[tuple[Path, Path]]:
        """The folder of each module's source, and the compiled module in the scratch folder; all or none."""
        if os.environ.get("CALQUE_PLAIN", "0") not in ("", "0"):
            return []
        if sys.implementation.name != "cpython" or sysconfig.get_config_var("Py_GIL_DISABLED"):
            self.app.display_warning("calque: this Python has no stable ABI; the plain matcher will scan")
            return []
        try:
            from setuptools import Distribution, Extension
            from setuptools.command.build_ext import build_ext

            extensions = [Extension(name, [str(root / path)], py_limited_api=True) for name, path in MODULES.items()]
            command = build_ext(Distribution({"name": "calque", "ext_modules": extensions}))
            command.build_lib, command.build_temp = str(self._scratch / "lib"), str(self._scratch / "temp")
            command.ensure_finalized()
            command.run()
            return [(Path(path).parent, Path(command.get_ext_fullpath(name))) for name, path in MODULES.items()]
        except Exception as error:  # whatever a missing or broken compiler raises
            self.app.display_warning(f"calque: the C matcher was not built ({error}); the plain one will scan")
            return []

    def _index(self, root: Path) -> Path:
        """The compiled index of the tables, made by the sources that the wheel will hold."""
        path = self._scratch / "shipped.calque"
        program = (
            "import sys; from pathlib import Path; from normalize.index.cache import compile_shipped; "
            "from normalize.tables.locate import tables_root; "
            "Path(sys.argv[1]).write_bytes(compile_shipped(tables_root()))"
        )
        environment = {**os.environ, "PYTHONPATH": str(root)}
        subprocess.run([sys.executable, "-c", program, str(path)], cwd=root, env=environment, check=True)
        return path


def _platform() -> str:
    """The platform tag of this machine (PEP 425)."""
    return sysconfig.get_platform().replace("-", "_").replace(".", "_")
