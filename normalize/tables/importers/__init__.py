"""Foreign files become user tables: one file a format, each a generator over an opened stream (docs/tables.md)."""
