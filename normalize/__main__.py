"""`python -m normalize` is the command `calque`."""

from normalize.cli import main

raise SystemExit(main())
