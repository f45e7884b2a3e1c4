"""One line of JSON for each finding, and for each input that was not read: for `jq`, `grep` and logs."""

from __future__ import annotations

import json
from collections.abc import Iterator

from normalize.report.json import finding_record
from normalize.report.material import Material
from normalize.text.lines import Lines


def render(material: Material) -> Iterator[str]:
    """The fields of the JSON report with ``path`` and ``language`` in front; an error has ``path`` and ``error``."""
    for path, message in material.errors:
        yield json.dumps({"path": path, "error": message}, ensure_ascii=False)
    for one in material.checked:
        lines = Lines(one.document.text)
        for finding in one.findings:
            head = {"path": one.document.path, "language": one.document.language}
            yield json.dumps({**head, **finding_record(finding, lines)}, ensure_ascii=False)
