"""The demo: the whole way on a small corpus that comes along."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from partnergraph.cli.terminal import Db, open_store, progress, show


def demo(
    db: Db = None,
    output: Annotated[
        Path, typer.Option("-o", "--output", metavar="FILE", help="The HTML page to write.")
    ] = Path("partnergraph-demo.html"),
) -> None:
    """Read the demo corpus, load it, answer three questions and draw the network.

    Example: `partnergraph demo -o demo.html`
    """
    from partnergraph.demo.show import present

    db = db or "partnergraph-demo.db"
    with open_store(db) as store, progress("reading", quiet=True) as tell:
        for part in present(store, output, db, on_outcome=tell):
            show(part)
    typer.echo(output.resolve())


COMMANDS = (demo,)
