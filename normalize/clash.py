"""Another distribution, named `normalize`, installs a package of the same name: say so where both are installed."""

from __future__ import annotations

from collections.abc import Iterator


def clashes() -> Iterator[str]:
    """One sentence if the distribution ``normalize`` is installed beside calque."""
    from importlib import metadata

    try:
        other = metadata.version("normalize")
    except metadata.PackageNotFoundError:
        return
    yield (
        f"warning: the unrelated distribution “normalize” {other} is installed too and its package has the same name;"
        " uninstall it (pip uninstall normalize), then reinstall calque"
    )
