"""The whole way on the demo corpus: read, load, ask, draw."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from extract.ontology import ontology
from graph.summary import summarise
from partnergraph.demo import demo_sources
from partnergraph.intake import BuildReport, OnOutcome, build
from queries.drawing import draw
from queries.formats import as_table
from queries.page import write
from queries.runner import Answer, ask

if TYPE_CHECKING:
    from rich.console import RenderableType

    from graph.store import Store

QUESTIONS: tuple[tuple[str, dict[str, str]], ...] = (
    ("partners-of", {"name": "Nordhavn Batteries"}),
    ("research-centres-abroad", {}),
    ("planned-or-rumoured", {}),
)


def present(
    store: Store, output: Path, db: str, *, on_outcome: OnOutcome | None = None
) -> Iterator[RenderableType]:
    """Build the demo graph, then hand out, part by part, what is to be printed about it.

    ``db`` is how the person names the store. The last thing done is the HTML page of the whole
    network, written to ``output``.
    """
    report = build([str(path) for path in demo_sources()], store, on_outcome=on_outcome)
    yield from _summary(report, store)
    for name, parameters in QUESTIONS:
        answer = ask(store, name, parameters)
        yield ""
        yield _heading(name, parameters, answer, db)
        yield as_table(answer)
    write(draw(store, ask(store, "overview", {"unconfirmed": "yes"})), output)
    yield f"\nThe network as a page that opens offline in any browser ({output.name}):"


def _summary(report: BuildReport, store: Store) -> Iterator[str]:
    summary = summarise(store)
    kinds = ontology().kinds
    yield f"Documents in the graph: {summary.documents}"
    for outcome in report.left_out:
        yield f"  {outcome.status}: {Path(outcome.source).name}: {outcome.reason}"
    entities = ", ".join(
        f"{number} {kinds[kind].title if number == 1 else kinds[kind].plural}"
        for kind, number in summary.kinds.items()
    )
    yield f"Entities: {sum(summary.kinds.values())} ({entities})"
    yield f"Partnerships: {summary.partnerships}, from {summary.statements} statements"


def _heading(name: str, parameters: dict[str, str], answer: Answer, db: str) -> str:
    asked = "".join(f" -p {key}='{value}'" for key, value in parameters.items())
    sentence = answer.question.sentence(answer.parameters) if answer.question else ""
    return f"{sentence}\n  partnergraph query {name}{asked} --db {db}"
