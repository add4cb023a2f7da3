"""Sources in, documents out: text, Markdown, HTML, PDF, Word, JSON lines, folders, a pipe."""

from extract.sources.draft import MAX_BYTES
from extract.sources.reader import read_sources

__all__ = ["MAX_BYTES", "read_sources"]
