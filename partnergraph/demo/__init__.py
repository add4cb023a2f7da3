"""The demo corpus: invented news about invented firms, in every format that is read."""

from __future__ import annotations

from pathlib import Path

CORPUS = Path(__file__).parent / "corpus"


def demo_sources() -> list[Path]:
    """The corpus's files, by name and so by date; two of them are there to be skipped."""
    return sorted(path for path in CORPUS.iterdir() if path.is_file())
