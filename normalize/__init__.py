"""calque: checks translation quality and normalises names in foreign-origin news and other rewritten text."""

from normalize.errors import CalqueError

__all__ = ["CalqueError", "__version__"]

__version__ = "0.1.0"
