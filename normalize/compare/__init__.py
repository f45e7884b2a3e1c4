"""Comparing a rewrite with a reference, its source or its siblings; docs/compare.md says how."""
