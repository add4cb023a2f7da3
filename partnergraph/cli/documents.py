"""Commands about documents and how well they are read: documents, evaluate."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from extract.errors import InputError
from partnergraph.cli.terminal import Db, Json, model_name, open_store, say, show, write_json

if TYPE_CHECKING:
    from extract.evaluation.comparison import RunRecord
    from extract.evaluation.result import Evaluation


def documents(
    db: Db = None,
    status: Annotated[
        str,
        typer.Option(metavar="STATUS", help="Only these: loaded, skipped or failed."),
    ] = "",
    match: Annotated[
        str,
        typer.Option(metavar="TEXT", help="Only those with this in the source, title or id."),
    ] = "",
    as_json: Json = False,
) -> None:
    """List the documents: id, date, title, source, what came out of each; and what was left
    out, with the reason.

    Example: `partnergraph documents --status failed --json`
    """
    from graph.documents import list_documents
    from partnergraph.cli.tables import documents_table

    with open_store(db, must_exist=True) as store:
        found = list_documents(store, status, match)
    if as_json:
        rows = [row.to_dict() for row in found]
        write_json(rows)
    else:
        show(documents_table(found))


def evaluate(
    gold: Annotated[
        list[str] | None,
        typer.Argument(metavar="[GOLD…]", help="Annotated JSON lines to compare with."),
    ] = None,
    names: Annotated[
        Path | None,
        typer.Option(
            metavar="PAIRS",
            help="Instead of texts: pairs of names, JSON lines with a, b, match (1 or 0), "
            "pair_type; beside ready matchers.",
        ),
    ] = None,
    table: Annotated[
        bool,
        typer.Option(help="With --names: use the table of well-known organisations."),
    ] = True,
    as_json: Json = False,
    errors: Annotated[
        bool, typer.Option("--errors", help="List each tie that was missed or is false.")
    ] = False,
    html: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write everything to one page that opens offline."),
    ] = None,
    compare: Annotated[
        Path | None,
        typer.Option(
            metavar="RUN", help="Say what changed since an earlier run: a file of its --json."
        ),
    ] = None,
) -> None:
    """Measure how well texts are read: precision, recall and F1 against your own annotation.

    Also: how often kind and status are right, how many denied or rumoured ties pass for real,
    and how far confidence can be believed.

    With --names: how well names are told apart.

    Example: `partnergraph evaluate gold.jsonl --compare before.json --html evaluation.html`
    """
    if names is not None and not gold:
        _evaluate_names(names, table, as_json)
        return
    if names is not None or not gold:
        raise InputError("evaluate either texts (GOLD…) or pairs of names (--names PAIRS)")
    from extract.evaluate import evaluate_files
    from extract.evaluation.comparison import read_run
    from extract.pipeline import Reader

    before = read_run(compare) if compare else None  # it is wrong before the texts are read
    result = evaluate_files(gold, Reader(model_name()).read)
    tell_evaluation(result, before, as_json=as_json, errors=errors, html=html)


def _evaluate_names(pairs: Path, table: bool, as_json: bool) -> None:
    from graph.names.evaluate import evaluate_names, read_pairs
    from partnergraph.cli.tables import name_figures_tables

    try:
        lines = pairs.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{pairs} can't be read ({error}): name a file of JSON lines") from None
    ours, *others = evaluate_names(list(read_pairs(lines, str(pairs))), table=table)
    if as_json:
        write_json({**ours.to_dict(), "others": [other.to_dict() for other in others]})
    else:
        show(*name_figures_tables([ours, *others]))


def tell_evaluation(
    result: Evaluation,
    before: RunRecord | None = None,
    *,
    as_json: bool = False,
    errors: bool = False,
    html: Path | None = None,
) -> None:
    """Print an evaluation, and what changed since the run ``before``; write its page to ``html``.

    Raises InputError where the page can't be written; what is printed is out by then.
    """
    from extract.evaluation.comparison import compare
    from partnergraph.cli.tables import comparison_tables, evaluation_tables, mistake_lines

    changed = compare(before, result) if before else None
    if as_json:
        told = {"comparison": changed.to_dict()} if changed else {}
        write_json(result.to_dict(errors=errors) | told)
    else:
        show(
            *evaluation_tables(result),
            *(mistake_lines("Mistakes", result.mistakes) if errors else ()),
            *(comparison_tables(changed) if changed else ()),
        )
    if html:
        from extract.evaluation.page import write_page

        write_page(result, html, changed)
        say(f"written to {html}")


COMMANDS = (documents, evaluate)
