"""The graph in the forms of other programs; each says what it can't hold."""

from __future__ import annotations

from graph.export.linked import shapes
from graph.export.writing import FORMATS, Exported, Form, export

__all__ = ["FORMATS", "Exported", "Form", "export", "shapes"]
