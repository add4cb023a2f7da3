"""The interactive page: one HTML file that opens offline and shows an answer with its sentences."""

from __future__ import annotations

from pathlib import Path

from extract.errors import QueryError
from extract.writing import whole_file
from queries.picture import Picture


def render(picture: Picture) -> str:
    """``picture`` as a whole HTML document; the same picture gives the same text."""
    from queries.page.document import make_document
    from queries.page.payload import make_payload

    return make_document(make_payload(picture))


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
