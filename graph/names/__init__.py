"""Names: when two ways of writing are one name, and how probably two names are of one bearer."""

from graph.names.blocking import blocks, sought
from graph.names.keys import fold, name_key
from graph.names.matching import VETO, Comparison, compare, probabilities

__all__ = ["VETO", "Comparison", "blocks", "compare", "fold", "name_key", "probabilities", "sought"]
