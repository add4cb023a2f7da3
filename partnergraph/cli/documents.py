"""Commands about documents and how well they are read: documents, evaluate."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from partnergraph.cli.terminal import Db, Json, model_name, open_store, write_result


def documents(db: Db = None, as_json: Json = False) -> None:
    """List the documents in the graph: id, date, title, source, what came out of each.

    Example: `partnergraph documents --json`
    """
    from graph.documents import as_rows, as_table, list_documents

    with open_store(db, must_exist=True) as store:
        found = list_documents(store)
    if as_json:
        write_result(json.dumps(as_rows(found), ensure_ascii=False, indent=2), None)
    else:
        from rich.console import Console

        Console().print(as_table(found))


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

    result = evaluate_files(gold, Reader(model_name()).read)
    if as_json:
        write_result(json.dumps(result.to_dict(), ensure_ascii=False, indent=2), None)
    else:
        from rich.console import Console

        from queries.formats import evaluation_table

        Console().print(evaluation_table(result))


COMMANDS = (documents, evaluate)
