"""The module in C, where there is one to use."""

from __future__ import annotations

import os
from typing import Any

from normalize.index.layout import VERSION


def native() -> Any | None:
    """The module, if it was built, reads this version of the layout, and CALQUE_PLAIN does not forbid it."""
    if os.environ.get("CALQUE_PLAIN", "0") not in ("", "0"):
        return None
    try:
        from normalize.index import _scan
    except ImportError:
        return None
    return _scan if _scan.VERSION == VERSION else None  # another version's is left over from an older build
