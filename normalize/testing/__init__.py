"""What tests of content and of its generators use; ``pytest --calque`` itself needs none of it."""

from normalize.testing.passages import Passage, articles, fields, site

__all__ = ["Passage", "articles", "fields", "site"]
