"""Pages: `view`, which draws a file without any database, and opening what was written."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from partnergraph.cli.terminal import say

Open = Annotated[
    bool, typer.Option("--open", help="Open the page in the browser.", show_default=False)
]


def view(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="A .jsonl of `extract`, or a .graphml.")
    ],
    output: Annotated[
        Path | None,
        typer.Option(
            "-o", "--output", metavar="PAGE", help="Where to (default: beside it, as .html)."
        ),
    ] = None,
    title: Annotated[
        str, typer.Option(metavar="TEXT", help="The page's title.", show_default=False)
    ] = "",
    open_page: Open = False,
) -> None:
    """Draw a file of ties as a page, without any database.

    Example: `partnergraph view readings.jsonl --open`
    """
    from queries.files import picture_of
    from queries.page import write

    page = write(picture_of(file, title), output or Path(f"{file.stem}.html"))
    say(f"wrote {page}")
    if open_page:
        open_in_browser(page)


def open_in_browser(page: Path) -> None:
    """Open a page in the browser that the system names; say so where there is none."""
    import webbrowser

    if not webbrowser.open(page.absolute().as_uri()):
        say(f"no browser was found: open {page} yourself")


COMMANDS = (view,)
