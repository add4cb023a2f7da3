"""Names: when two ways of writing are one name."""

from graph.names.keys import fold, name_key

__all__ = ["fold", "name_key"]
