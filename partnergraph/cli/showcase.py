"""The demo: the whole way on a small corpus that comes along."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from partnergraph.cli.terminal import Db, open_store, progress


def demo(
    db: Db = None,
    output: Annotated[
        Path, typer.Option("-o", "--output", metavar="FILE", help="The HTML page to write.")
    ] = Path("partnergraph-demo.html"),
) -> None:
    """Read the demo corpus, load it, answer three questions and draw the network.

    Example: `partnergraph demo -o demo.html`
    """
    from rich.console import Console

    from partnergraph.demo.show import show

    console = Console()
    with open_store(db or "partnergraph-demo.db") as store, progress("reading") as tell:
        for part in show(store, output, on_outcome=tell):
            console.print(part)
    typer.echo(output.resolve())


COMMANDS = (demo,)
