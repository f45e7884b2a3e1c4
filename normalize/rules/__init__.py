"""One file per kind of rule; the rules themselves are data in aliases/rules/."""
