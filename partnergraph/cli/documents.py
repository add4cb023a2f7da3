"""Commands about documents and how well they are read: documents, evaluate."""

from __future__ import annotations

from typing import Annotated

import typer

from partnergraph.cli.terminal import Db, Json, model_name, open_store, show, write_json


def documents(db: Db = None, as_json: Json = False) -> None:
    """List the documents in the graph: id, date, title, source, what came out of each.

    Example: `partnergraph documents --json`
    """
    from graph.documents import list_documents
    from partnergraph.cli.tables import documents_table

    with open_store(db, must_exist=True) as store:
        found = list_documents(store)
    if as_json:
        rows = [row.to_dict() for row in found]
        write_json(rows)
    else:
        show(documents_table(found))


def evaluate(
    gold: Annotated[
        list[str], typer.Argument(metavar="GOLD…", help="Annotated JSON lines to compare with.")
    ],
    as_json: Json = False,
) -> None:
    """Measure how well texts are read: precision, recall and F1 against your own annotation.

    Example: `partnergraph evaluate gold.jsonl`
    """
    from extract.evaluate import evaluate_files
    from extract.pipeline import Reader
    from partnergraph.cli.tables import evaluation_tables

    result = evaluate_files(gold, Reader(model_name()).read)
    if as_json:
        write_json(result.to_dict())
    else:
        show(*evaluation_tables(result))


COMMANDS = (documents, evaluate)
