"""The interactive page: one HTML file that opens offline and shows an answer with its sentences."""

from __future__ import annotations

from pathlib import Path

from extract.errors import QueryError
from extract.writing import whole_file
from queries.picture import Picture


def render(picture: Picture) -> str:
    """``picture`` as a whole HTML document; the same picture gives the same text."""
    from queries.page.document import make_document
    from queries.page.payload import make_payloads

    return make_document(make_payloads(picture))


def write(picture: Picture, path: str | Path) -> Path:
    """Write the page for ``picture`` to ``path`` as UTF-8, all of it or nothing; returns the path.

    Raises QueryError where the file can't be written.
    """
    target = Path(path)
    html = render(picture)
    try:
        with whole_file(target) as file:
            file.write(html)
    except OSError as error:
        reason = error.strerror or str(error)
        raise QueryError(
            f"{target}: the page can't be written ({reason}); choose another place"
        ) from error
    return target


def frame(picture: Picture, height: int = 640) -> str:
    """The page of ``picture`` as an ``<iframe>`` for notebooks, ``height`` in pixels: sandboxed,
    so that it can neither read nor change the notebook around it. A line in words stands below
    it, for notebooks that leave frames out."""
    from html import escape

    line = escape(str(picture).splitlines()[0])
    return (
        f'<iframe title="{line}" srcdoc="{escape(render(picture))}" '
        'sandbox="allow-scripts allow-downloads allow-popups" '
        f'style="width: 100%; height: {height}px; border: 0"></iframe>\n<p>{line}</p>'
    )
