"""One file per kind of difference; kinds.py is their list."""
