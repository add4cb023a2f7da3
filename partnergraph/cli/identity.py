"""Commands that say who is who: merge, split, review, and the judgements kept."""

from __future__ import annotations

import getpass
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from partnergraph.cli.terminal import Db, Json, Out, open_store, say, show, write_json, write_result

if TYPE_CHECKING:
    from rich.console import RenderableType

    from graph.resolution.judgements import Judgement
    from graph.resolution.review import Side, UnsurePair
    from graph.store import Store

Reason = Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why, kept with it.")]
By = Annotated[
    str | None,
    typer.Option(
        "--by",
        metavar="WHO",
        help="Who says so (default: the user of this machine).",
        show_default=False,
    ),
]

judgements = typer.Typer(
    name="judgements",
    help="What people said of who is who: list it, undo it, carry it to other graphs.",
    no_args_is_help=True,
)


def merge(
    one: Annotated[str, typer.Argument(metavar="A", help="A name in the graph, or an id.")],
    other: Annotated[str, typer.Argument(metavar="B", help="A name of the same entity.")],
    reason: Reason = "",
    by: By = None,
    force: Annotated[
        bool, typer.Option("--force", help="Also where one is a firm, say, the other a person.")
    ] = False,
    db: Db = None,
) -> None:
    """Say that two names are of one entity, now and in every later build.

    Example: `partnergraph merge Traton "Volkswagen Trucks" --reason "annual report"`
    """
    from partnergraph.identity import find_named
    from partnergraph.identity import merge as merge_names

    with open_store(db, must_exist=True) as store:
        made = merge_names(store, one, other, by=_who(by), reason=reason, force=force)
        if not made:
            say("that was judged before; nothing to do")
            return
        found = find_named(store, one)
    names = ", ".join([found.judged.name, *(side.name for side in found.others)])
    say(f"one entity now: {found.name} (names: {names}); `partnergraph judgements undo` undoes it")


def split(
    name: Annotated[
        str, typer.Argument(metavar="A", help="The name to set apart from those joined with it.")
    ],
    reason: Reason = "",
    by: By = None,
    db: Db = None,
) -> None:
    """Say that a name is of another entity than the names it was joined with.

    Example: `partnergraph split "Volkswagen Anhui" --reason "a joint venture of its own"`
    """
    from partnergraph.identity import split as split_name

    with open_store(db, must_exist=True) as store:
        made = split_name(store, name, by=_who(by), reason=reason)
    if not made:
        say("that was judged before; nothing to do")
        return
    others = ", ".join(item.b.name for item in made)
    say(f"{made[0].a.name} is apart from {others} now; `partnergraph judgements undo` undoes it")


def review(
    limit: Annotated[
        int, typer.Option("--limit", metavar="N", min=1, help="At most so many pairs.")
    ] = 50,
    by: By = None,
    as_json: Json = False,
    db: Db = None,
) -> None:
    """Walk through the pairs of names that resolution is least sure of, one key each.

    s same, d different, space or k skip, u undo the last, q quit. With --json the pairs are
    printed and nothing is asked.

    Example: `partnergraph review --limit 20`
    """
    from graph.resolution.review import unsure_pairs

    with open_store(db, must_exist=True) as store:
        pairs = unsure_pairs(store, limit)
        if as_json:
            write_json([_as_row(pair) for pair in pairs])
            return
        said = _walk(store, pairs, _who(by))
    say(f"{len(pairs)} pairs, {said} judged; `partnergraph judgements list` shows them")


@judgements.command("list")
def list_(db: Db = None, as_json: Json = False) -> None:
    """List the judgements, the oldest first.

    Example: `partnergraph judgements list`
    """
    from graph.resolution.judgements import list_judgements

    with open_store(db, must_exist=True) as store:
        found = list_judgements(store)
    if as_json:
        write_json([item.to_dict() for item in found])
    else:
        show(_table(found))


@judgements.command()
def export(output: Out = None, db: Db = None) -> None:
    """Write the judgements as JSON lines.

    Example: `partnergraph judgements export -o judgements.jsonl`
    """
    from partnergraph.identity import export_judgements

    with open_store(db, must_exist=True) as store:
        lines = list(export_judgements(store))
    write_result("".join(f"{line}\n" for line in lines), output)
    say(f"{len(lines)} judgements")


@judgements.command("import")
def import_(
    file: Annotated[str, typer.Argument(metavar="FILE", help="What `export` wrote, or -.")],
    db: Db = None,
) -> None:
    """Take judgements from a file, all or none; those of names yet to come are kept.

    Example: `partnergraph judgements import judgements.jsonl`
    """
    from extract.errors import InputError
    from partnergraph.identity import import_judgements

    try:
        text = sys.stdin.read() if file == "-" else Path(file).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{file} can't be read ({error}): name a file of JSON lines") from None
    with open_store(db) as store:
        report = import_judgements(store, text.splitlines(), file)
    more = f"; {report.unseen} of names that no document speaks of yet" if report.unseen else ""
    say(f"judgements: {report.new} new, {report.known} known{more}")


@judgements.command("undo")
def undo_(
    action: Annotated[
        str | None,
        typer.Argument(metavar="[ACTION]", help="Which, as `list` shows it (default: the last)."),
    ] = None,
    db: Db = None,
) -> None:
    """Take a merge, a split or a verdict back: the graph is as if it had never been.

    Example: `partnergraph judgements undo`
    """
    from graph.resolution.judgements import undo

    with open_store(db, must_exist=True) as store:
        taken = undo(store, action or "")
    for item in taken:
        say(f"undone: {item}")


def _who(by: str | None) -> str:
    if by is not None:
        return by
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # no such user: a container
        return ""


def _walk(store: Store, pairs: list[UnsurePair], by: str) -> int:
    """Ask for each pair; returns how many verdicts stand."""
    from extract.errors import QueryError
    from graph.resolution.judgements import undo
    from partnergraph.identity import decide

    verdicts = {"s": "same", "d": "different"}
    actions: list[tuple[int, str]] = []
    at = 0
    while at < len(pairs):
        pair = pairs[at]
        show(*_ask(pair, at, len(pairs)))
        key = _read_key()
        if key in verdicts:
            try:
                made = decide(store, verdicts[key], pair.a.judged, pair.b.judged, by=by)
            except QueryError as error:
                say(f"{error}")
                made = []
            actions += [(at, made[0].action)] if made else []
            at += 1
        elif key == "u" and actions:
            at, action = actions.pop()
            undo(store, action)
        elif key in (" ", "k"):
            at += 1
        elif key in ("q", ""):
            break
        else:
            say("s same, d different, space skip, u undo, q quit")
    return len(actions)


def _read_key() -> str:
    """One key of a terminal; one line of a pipe; empty at its end."""
    if sys.stdin.isatty():
        import click

        try:
            return click.getchar().lower()
        except (KeyboardInterrupt, EOFError):
            return ""
    line = sys.stdin.readline()
    return (line.strip().lower() or " ")[:1] if line else ""


def _ask(pair: UnsurePair, at: int, of: int) -> Iterator[RenderableType]:
    from rich.table import Table
    from rich.text import Text

    from queries.formats import printable

    table = Table(
        title=f"{at + 1} of {of}: one or two? ({pair.probability:.2f}"
        f"{', joined now' if pair.joined else ''})",
        title_justify="left",
        show_lines=True,
    )
    for side in (pair.a, pair.b):
        table.add_column(Text(printable(side.judged.name)), overflow="fold", ratio=1)
    table.add_row(*(Text(printable(_about(side))) for side in (pair.a, pair.b)))
    yield table
    yield Text(printable("; ".join(pair.reasons)))
    yield Text("[s]ame  [d]ifferent  [space] skip  [u]ndo  [q]uit", style="dim")


def _about(side: Side) -> str:
    count = f"{side.documents} document{'' if side.documents == 1 else 's'}"
    return "\n\n".join([f"{side.kind}, {count}", *side.sentences])


def _as_row(pair: UnsurePair) -> dict[str, object]:
    return {
        "a": _side_row(pair.a),
        "b": _side_row(pair.b),
        "probability": pair.probability,
        "joined": pair.joined,
        "reasons": list(pair.reasons),
    }


def _side_row(side: Side) -> dict[str, object]:
    return {
        "type": side.judged.type,
        "name": side.judged.name,
        "kind": side.kind,
        "documents": side.documents,
        "sentences": list(side.sentences),
    }


def _table(found: list[Judgement]) -> RenderableType:
    from rich.table import Table
    from rich.text import Text

    from queries.formats import printable

    table = Table(header_style="bold")
    for heading in ("when", "who", "verdict", "one", "other", "reason", "from", "action"):
        table.add_column(heading, overflow="fold")
    for item in found:
        cells = (
            item.time[:16],
            item.by,
            item.verdict,
            item.a.name,
            item.b.name,
            item.reason,
            item.source,
            item.action,
        )
        table.add_row(*(Text(printable(cell)) for cell in cells))
    return table


COMMANDS = (merge, split, review)
GROUPS = (judgements,)
