"""The longer commands, one a file: `add` says what it takes, `run` does it."""
