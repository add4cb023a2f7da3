"""How lists of things look on a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from rich.table import Table
from rich.text import Text

from queries.formats import printable

if TYPE_CHECKING:
    from rich.console import RenderableType

    from extract.evaluation.comparison import Comparison
    from extract.evaluation.mistakes import Mistake
    from extract.evaluation.result import Evaluation
    from extract.evaluation.rows import Row
    from graph.documents import DocumentRow
    from graph.names.evaluate import NameFigures
    from queries.questions import Question


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


def measures_table(measures: Iterable[Question]) -> Table:
    """What can be measured."""
    return table(("measure", "what it says"), ((m.name, m.answers) for m in measures))


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


def question_in_full(
    question: Question, values: Mapping[str, Sequence[str]]
) -> Iterator[RenderableType]:
    """One question: what it answers, its parameters, its columns, an example, its Cypher, with
    the parameters as Neo4j Browser takes them; with ``values`` of a graph that they may take."""
    from queries.pasting import write_statement

    yield Text(f"{question.name}: {question.answers}", style="bold")
    rows = [
        (p.name, p.type, "needed" if p.required else f"default {p.default}", p.example, p.help)
        for p in question.parameters
    ]
    if rows:
        yield table(("parameter", "type", "", "example", "help"), rows)
    for name, some in values.items():
        yield Text(f"{name} in this graph: {', '.join(some) or 'nothing fits'}")
    yield table(("column", "meaning"), question.columns.items())
    needed = "".join(f" -p {p.name}='{p.example}'" for p in question.parameters if p.required)
    yield Text(f"partnergraph query {question.name}{needed}")
    yield Text(f"\n{write_statement(question)}\n")


def documents_table(documents: Iterable[DocumentRow]) -> Table:
    """The documents of a graph, and what was left out."""
    headings = ("date", "title", "source", "id", "status", "reason")
    rows = (
        (d.date, d.title or ("untitled" if d.id else ""), d.source, d.id, d.status, d.reason)
        + ((d.words, d.entities, d.statements) if d.id else ("", "", ""))
        for d in documents
    )
    return table((*headings, "words", "entities", "statements"), rows, numbers=3)


def evaluation_tables(result: Evaluation) -> Iterator[RenderableType]:
    """Precision, recall and F1 by type, then kinds, statuses, confidence, and single figures."""
    from extract.evaluation.result import TITLES

    headings = ("type", "gold", "found", "predicted", "precision", "recall", "F1")
    for name, title in TITLES.items():
        rows = [
            (r.name, r.gold, r.found, r.predicted, *_rates(r))
            for where, r in result.rows()
            if where == name
        ]
        yield _titled(title, table(headings, rows, numbers=6))
    yield _kinds_table(result)
    yield _titled("Status, gold by what it was read as", _confusion_table(result))
    yield _titled("Confidence, and how often it is right", _calibration_table(result))
    doubts = result.unconfirmed
    yield f"documents: {result.documents}, not read: {len(result.failures)}"
    yield f"traps (tempting ties that a text does not state): {result.fallen} of {result.traps}"
    yield (
        f"denied or rumoured ties shown as real: {doubts.shown} of {doubts.predicted} predicted "
        f"({doubts.share:.1%}); the texts have {doubts.total}"
    )
    yield (
        f"status right: {result.status_right} of {result.status_known} ties found "
        f"({_share(result.accuracy, result.status_known)})"
    )
    error = _share(result.calibration.error, result.calibration.ties)
    yield f"calibration error: {error} over {result.calibration.ties} ties"


def name_figures_tables(figures: Sequence[NameFigures]) -> Iterator[RenderableType]:
    """How well names are told apart: ours and ready matchers, then ours by type of pair."""
    from graph.names.evaluate import ASIDE

    headings = ("matcher", "F1", "precision", "recall", "best F1", "at", "recall at 1 % false")
    rows = [(f.matcher, *(f"{value:.3f}" for value in _name_rates(f))) for f in figures]
    ours = figures[0]
    yield _titled(f"{ours.pairs} pairs of names", table(headings, rows, numbers=6))
    by_type = [
        (name, t.pairs, t.same, f"{t.right:.3f}" + (" *" if name in ASIDE else ""))
        for name, t in ours.by_type.items()
    ]
    yield _titled(
        f"{ours.matcher}, by type of pair",
        table(("type", "pairs", "the same", "decided right"), by_type, numbers=3),
    )
    yield (
        f"F1, precision and recall of {ours.matcher} at the threshold that is shipped "
        f"({ours.threshold}), of the others at their best on these pairs"
    )
    if any(name in ASIDE for name in ours.by_type):
        yield "* not in the figures above: names alone do not decide these"


def _name_rates(f: NameFigures) -> tuple[float, ...]:
    return (f.f1, f.precision, f.recall, f.best_f1, f.best_threshold, f.recall_at_1pct_false)


def mistake_lines(title: str, mistakes: Iterable[Mistake]) -> Iterator[Text]:
    """Each mistake: the tie, the document and what else is known; below, its words."""
    from extract.evaluation.mistakes import tie_words

    mistakes = list(mistakes)
    yield Text(f"\n{title}: {len(mistakes)}", style="bold")
    for each in mistakes:
        about = ", ".join((each.record or each.document, each.type, *each.notes()))
        tie = f"{each.head} –{tie_words(each.type)}→ {each.tail}"
        line = Text(f"{each.side}: ")
        line.append(printable(tie), style="bold").append(printable(f"  ({about})"))
        if each.excerpt.text:
            line.append("\n    ")
        for role, words in each.excerpt.pieces():
            line.append(printable(words), style="underline" if role else "")
        yield line


def comparison_tables(comparison: Comparison) -> Iterator[RenderableType]:
    """The rows whose figures changed since an earlier run, then the ties that did."""
    from extract.evaluation.result import TITLES

    if comparison.same_texts is False:
        yield "the earlier run was of other texts"
    rows = [
        (TITLES[c.table], c.after.name, *_changed(c.before.f1, c.after.f1))
        for c in comparison.changes
    ]
    rows += [("", each.name, *_changed(each.before, each.after)) for each in comparison.figures]
    headings = ("table", "row", "before", "now", "change")
    if rows:
        yield _titled("Changed since the earlier run (F1)", table(headings, rows, numbers=3))
    else:
        yield "no figure changed since the earlier run"
    if comparison.newly_wrong is None or comparison.newly_right is None:
        yield (
            "the earlier run does not list its mistakes: "
            "make it with --json --errors to see which ties changed"
        )
    else:
        yield from mistake_lines("Newly wrong", comparison.newly_wrong)
        yield from mistake_lines("Newly right", comparison.newly_right)


def _kinds_table(result: Evaluation) -> Table:
    entities = {row.name: row for row in result.entity_kinds}
    names = {row.name: row for row in result.mention_kinds}
    rows = []
    for name in (*sorted((names | entities).keys() - {"all"}), "all"):
        cells: list[object] = [name]
        for found in (names.get(name), entities.get(name)):
            matched, right = (found.matched, found.right) if found else (0, 0)
            cells += [matched, right, _share(found.share if found else 0, matched)]
        rows.append(cells)
    headings = ("type", "names", "right", "share", "entities", "right", "share")
    return _titled("Kind right, of what was found", table(headings, rows, numbers=6))


def _confusion_table(result: Evaluation) -> Table:
    statuses = result.statuses()
    counts = [[gold, *(result.confused(gold, read) for read in statuses)] for gold in statuses]
    rows = ([gold, *(count or "" for count in row)] for gold, *row in counts if any(row))
    return table(("gold", *statuses), rows, numbers=len(statuses))


def _calibration_table(result: Evaluation) -> Table:
    rows = (
        (f"{b.low} to {b.high}", b.ties, b.right, f"{b.confidence:.2f}", f"{b.share:.2f}")
        for b in result.calibration.bins
        if b.ties
    )
    return table(("confidence", "ties", "right", "mean confidence", "share right"), rows, numbers=4)


def _titled(title: str, made: Table) -> Table:
    made.title, made.title_justify = title, "left"
    return made


def _rates(row: Row) -> tuple[str, ...]:
    """Precision, recall and F1, a dash where there is nothing to divide by."""
    known = (row.predicted, row.gold, row.predicted and row.gold)
    rates = (row.precision, row.recall, row.f1)
    return tuple(_share(rate, there) for rate, there in zip(rates, known, strict=True))


def _share(value: float, whole: int) -> str:
    """A share, or a dash where there is nothing to divide by."""
    return f"{value:.2f}" if whole else "–"


def _changed(before: float | None, now: float) -> tuple[str, str, str]:
    """A figure then, a figure now, and by how much it rose."""
    if before is None:
        return "–", f"{now:.3f}", ""
    return f"{before:.3f}", f"{now:.3f}", f"{now - before:+.3f}"
