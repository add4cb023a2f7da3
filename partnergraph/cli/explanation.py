"""Explanations of readings as a terminal or a pipe shows them."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator

import typer

from extract.explaining import Line, LineKind, Piece, explain
from extract.records import Reading
from partnergraph.cli.terminal import write_result

_INDENT = "    "
_APART = (LineKind.heading, LineKind.tie)  # each after an empty line
_ABOUT_A_TIE = (LineKind.sentence, LineKind.votes, LineKind.details)


def write_explanation(reading: Reading) -> None:
    """The explanation to standard output: names bold on a terminal, in brackets in a pipe."""
    bold = bool(sys.stdout and sys.stdout.isatty())
    write_result("\n".join(lay_out(explain(reading), bold=bold)) + "\n\n", None)


def lay_out(lines: Iterable[Line], *, bold: bool) -> Iterator[str]:
    """Lines of text that can't steer a terminal, whatever a document says."""
    for line in lines:
        if line.kind in _APART:
            yield ""
        text = "".join(_piece(piece, bold) for piece in line.pieces)
        yield _INDENT + text if line.kind in _ABOUT_A_TIE else text


def _piece(piece: Piece, bold: bool) -> str:
    from queries.formats import printable

    text = printable(piece.text)
    if not piece.marked:
        return text
    return typer.style(text, bold=True) if bold else f"[{text}]"
