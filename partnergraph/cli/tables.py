"""How lists of things look on a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from rich.table import Table
from rich.text import Text

from queries.formats import printable

if TYPE_CHECKING:
    from rich.console import RenderableType

    from extract.evaluate import Evaluation, Row
    from graph.documents import DocumentRow
    from queries.questions import Question

_TABLES = {
    "mentions_strict": "Entities, exact spans",
    "mentions_partial": "Entities, overlapping spans",
    "relations": "Ties, by the scoring groups",
    "explicit": "Ties, without those that the text only implies",
}


def table(headings: Iterable[str], rows: Iterable[Iterable[object]], numbers: int = 0) -> Table:
    """A table of plain text, the last ``numbers`` columns set to the right."""
    headings = list(headings)
    made = Table(header_style="bold")
    for place, heading in enumerate(headings):
        right = place >= len(headings) - numbers
        made.add_column(heading, justify="right" if right else "left", overflow="fold")
    for row in rows:
        made.add_row(*(Text(printable(str(cell))) for cell in row))
    return made


def questions_table(questions: Iterable[Question]) -> Table:
    """The catalogue, by topic."""
    ordered = sorted(questions, key=lambda question: (question.topic, question.name))
    rows = ((q.topic, q.name, q.answers, ", ".join(p.name for p in q.parameters)) for q in ordered)
    return table(("topic", "name", "what it answers", "parameters"), rows)


def question_as_row(question: Question) -> dict[str, Any]:
    """A question for a program to read."""
    return {
        "name": question.name,
        "title": question.title,
        "answers": question.answers,
        "topic": question.topic,
        "parameters": [
            {
                "name": p.name,
                "type": p.type,
                "required": p.required,
                "default": p.default,
                "example": p.example,
                "help": p.help,
            }
            for p in question.parameters
        ],
        "columns": dict(question.columns),
        "picture": question.picture,
    }


def question_in_full(question: Question) -> Iterator[RenderableType]:
    """One question: what it answers, its parameters, its columns, an example, its Cypher."""
    yield Text(f"{question.name}: {question.answers}", style="bold")
    rows = [
        (p.name, p.type, "needed" if p.required else f"default {p.default}", p.example, p.help)
        for p in question.parameters
    ]
    if rows:
        yield table(("parameter", "type", "", "example", "help"), rows)
    yield table(("column", "meaning"), question.columns.items())
    needed = "".join(f" -p {p.name}='{p.example}'" for p in question.parameters if p.required)
    yield Text(f"partnergraph query {question.name}{needed}")
    yield Text(f"\n{question.cypher.strip()}\n")


def documents_table(documents: Iterable[DocumentRow]) -> Table:
    """The documents of a graph."""
    rows = (
        (d.date, d.title or "untitled", d.source, d.id, d.words, d.entities, d.statements)
        for d in documents
    )
    return table(
        ("date", "title", "source", "id", "words", "entities", "statements"), rows, numbers=3
    )


def evaluation_tables(result: Evaluation) -> Iterator[RenderableType]:
    """Precision, recall and F1 by type, and how the reader fared with traps and statuses."""
    headings = ("type", "gold", "found", "predicted", "precision", "recall", "F1")
    for name, title in _TABLES.items():
        rows = [
            (r.name, r.gold, r.found, r.predicted, *_rates(r))
            for where, r in result.rows()
            if where == name
        ]
        if rows:
            made = table(headings, rows, numbers=6)
            made.title, made.title_justify = title, "left"
            yield made
    yield f"documents: {result.documents}, not read: {len(result.failures)}"
    yield f"traps (tempting ties that a text does not state): {result.fallen} of {result.traps}"
    yield f"status right: {result.status_right} of {result.status_known} ties found"


def _rates(row: Row) -> tuple[str, ...]:
    """Precision, recall and F1, a dash where there is nothing to divide by."""
    known = (row.predicted, row.gold, row.predicted and row.gold)
    rates = (row.precision, row.recall, row.f1)
    return tuple(f"{rate:.2f}" if there else "–" for rate, there in zip(rates, known, strict=True))
