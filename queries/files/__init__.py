"""Pictures of files, without any database: the exchange format, and GraphML of other programs."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from extract.errors import InputError
from queries.picture import Picture

_GRAPHML = (".graphml", ".xml")


def picture_of(path: str | Path, title: str = "") -> Picture:
    """What the file holds, as a picture to be shown or written; ``title`` instead of its name.

    A file in the exchange format (``.jsonl``, what ``partnergraph extract`` writes) gives its
    ties with their sentences, GraphML (``.graphml``) whatever nodes and edges it has.
    Raises InputError where the file can't be read as what its ending says.

    >>> write(picture_of("readings.jsonl"), "page.html")  # doctest: +SKIP
    """
    file = Path(path)
    if file.suffix.lower() in _GRAPHML:
        from queries.files.graphml import draw_graphml as draw
    elif file.suffix.lower() in (".jsonl", ".ndjson"):
        from queries.files.exchange import draw_exchange as draw
    else:
        raise InputError(
            f"{file}: not known what this is; give a .jsonl that `partnergraph extract` wrote, "
            "or a .graphml"
        )
    try:
        picture = draw(file)
    except OSError as error:
        raise InputError(f"{file} can't be read ({error.strerror}); check the path") from None
    return replace(picture, title=title) if title else picture
