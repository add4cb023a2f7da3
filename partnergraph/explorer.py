"""The graph as one object, for notebooks and scripts: build it, ask it, look at the answers.

>>> from partnergraph import Graph  # doctest: +SKIP
>>> with Graph.open("partnergraph.db") as graph:  # doctest: +SKIP
...     graph.build(["articles/"])
...     graph.query("partners-of", name="Scania").to_pandas()
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from extract.errors import QueryError

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd
    import polars as pl

    from graph.store import Store
    from partnergraph.intake import BuildReport
    from queries.picture import Picture
    from queries.profile import Profile
    from queries.runner import Answer


@dataclass(frozen=True)
class Result:
    """An answer: rows to read, a table for pandas or polars, a network, a picture.

    In a notebook it shows itself as a table; ``show()`` as the page.
    """

    answer: Answer
    store: Store = field(repr=False)

    def __repr__(self) -> str:
        asked = self.answer.question.name if self.answer.question else "cypher"
        return f"<Result of {asked}: {len(self):,} rows of {', '.join(self.columns)}>"

    def __len__(self) -> int:
        return len(self.answer.rows)

    def __iter__(self) -> Iterator[dict[str, object]]:
        """The rows as dictionaries, with nodes and ties as queries/values.py has them."""
        for row in self.answer.rows:
            yield dict(zip(self.answer.columns, row, strict=True))

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns."""
        return self.answer.columns

    @property
    def note(self) -> str:
        """What there is to say of the answer: that it was cut off, or why it is empty."""
        return self.answer.note

    def to_dicts(self) -> list[dict[str, object]]:
        """The rows in plain values: a node is its name, a tie "A –label→ B", a list is a list."""
        return [{name: _plain(value) for name, value in row.items()} for row in self]

    def to_pandas(self) -> pd.DataFrame:
        """The rows as a pandas DataFrame. Raises QueryError where pandas is not installed."""
        pandas = _need("pandas")
        frame: pd.DataFrame = pandas.DataFrame(self.to_dicts(), columns=list(self.columns))
        return frame

    def to_polars(self) -> pl.DataFrame:
        """The rows as a polars DataFrame. Raises QueryError where polars is not installed."""
        polars = _need("polars")
        frame: pl.DataFrame = polars.DataFrame(self.to_dicts(), schema=list(self.columns))
        return frame

    def to_networkx(self) -> nx.MultiDiGraph[str]:
        """The nodes and ties of the rows, by their ids, with their properties.

        Also those that are denied or rumoured, if the question asked for them: look at "status".
        """
        import networkx as nx

        from queries.captions import tie_key
        from queries.values import TieValue, walk

        network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
        for value in walk(value for row in self.answer.rows for value in row):
            ends = (value.start, value.end) if isinstance(value, TieValue) else (value,)
            for node in ends:
                network.add_node(node.id, **node.properties)
            if isinstance(value, TieValue):
                told = {**value.properties, "type": value.relation}
                network.add_edge(value.start.id, value.end.id, key=tie_key(value), **told)
        return network

    @cached_property
    def picture(self) -> Picture:
        """The answer as a picture: nodes, links, sentences and documents."""
        from queries.drawing import draw

        return draw(self.store, self.answer)

    def show(self) -> Picture:
        """The picture, which a notebook shows as the page."""
        return self.picture

    def save(self, path: str | Path) -> Path:
        """Write the page (.html), CSV or JSON, by the ending of ``path``. Raises QueryError for
        another ending, and where it can't be written."""
        from extract.writing import result_file
        from queries import formats
        from queries.page import write

        target = Path(path)
        if target.suffix.lower() in (".csv", ".json"):
            text = formats.as_csv if target.suffix.lower() == ".csv" else formats.as_json
            with result_file(target) as file:
                file.write(text(self.answer))
            return target
        if target.suffix.lower() not in (".html", ".htm"):
            raise QueryError(f"{target}: name it .html, .csv or .json")
        return write(self.picture, target)

    def _repr_html_(self) -> str:
        from html import escape

        from queries.formats import in_words

        head = "".join(f"<th>{escape(name)}</th>" for name in self.columns)
        body = "".join(
            "<tr>" + "".join(f"<td>{escape(in_words(value))}</td>" for value in row) + "</tr>"
            for row in self.answer.rows
        )
        note = f"<p>{escape(self.note)}</p>" if self.note else ""
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{note}"


@dataclass(frozen=True)
class Graph:
    """A graph in a folder or on a Neo4j server. Close it, or use it in a ``with`` block."""

    store: Store

    @classmethod
    def open(
        cls,
        address: str | os.PathLike[str] | None = None,
        *,
        user: str | None = None,
        password: str | None = None,
        database: str | None = None,
        create: bool = True,
    ) -> Self:
        """Open a folder or a Bolt address; by default what PARTNERGRAPH_DB, NEO4J_URI and the like
        name, else ./partnergraph.db. With ``create`` a folder that isn't there is made.

        Raises StoreError where there is no such graph or server.
        """
        from graph.store import Store
        from partnergraph.settings import Settings

        known = Settings()
        kept = known.password.get_secret_value() if known.password else None
        return cls(
            Store.open(
                str(address or known.db),
                user=user or known.user,
                password=password or kept,
                database=database or known.database,
                create=create,
            )
        )

    def close(self) -> None:
        """Close the graph; another program may open it then."""
        self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def build(self, sources: str | os.PathLike[str] | Iterable[str], **options: Any) -> BuildReport:
        """Read files or folders into the graph; ``options`` are those of `partnergraph.build`.

        Loading again changes nothing. The report says what became of each document.
        """
        from partnergraph.intake import build

        given = [sources] if isinstance(sources, str | os.PathLike) else sources
        return build([str(source) for source in given], self.store, **options)

    def query(self, name: str, /, *, limit_rows: int | None = None, **parameters: object) -> Result:
        """The answer to a question of the catalogue; its parameters by their names.

        Dates, numbers and booleans may be given as such; a parameter that is a word of Python
        with a line after it (``from_="2024"``). Raises QueryError as `partnergraph.ask`.
        """
        from queries.runner import ask

        given = {
            key.rstrip("_"): _word(value) for key, value in parameters.items() if value is not None
        }
        return Result(ask(self.store, name, given, limit=limit_rows), self.store)

    def analyse(
        self,
        measure: str,
        /,
        *,
        year: str | int | None = None,
        limit: int | None = None,
        write: bool = False,
    ) -> Result:
        """A measure of the network, see `partnergraph.measures()`; with ``write``, the graph
        keeps it as a property of its entities until it changes. Raises QueryError."""
        from queries.analysis import analyse

        told = None if year is None else str(year)
        answer = analyse(self.store, measure, year=told, limit=limit, write=write)
        return Result(answer, self.store)

    def cypher(self, statement: str, /, **parameters: object) -> Result:
        """The answer to Cypher of one's own, which may only read. Raises QueryError."""
        from queries.runner import run_cypher

        return Result(run_cypher(self.store, statement, parameters), self.store)

    def suggest(self, question: str, parameter: str, start: str = "") -> list[str]:
        """Values of the graph for a parameter of a question, which begin with ``start``.

        Raises QueryError for an unknown question or parameter.
        """
        from queries.runner import find_question
        from queries.suggestions import suggest

        known = {p.name: p for p in find_question(question).parameters}
        if parameter not in known:
            raise QueryError(f"{question} has no parameter {parameter!r}: {', '.join(known)}")
        return suggest(self.store, known[parameter], start)

    def entity(self, name: str) -> tuple[Profile, ...]:
        """All that the graph knows of those who go by ``name``. Raises QueryError for nobody."""
        from queries.profile import profiles

        return profiles(self.store, name)

    def to_networkx(self, *, unconfirmed: bool = False) -> nx.MultiDiGraph[str]:
        """All entities and ties; denied and rumoured ones only with ``unconfirmed``."""
        from graph.network import to_networkx

        return to_networkx(self.store, unconfirmed=unconfirmed)


def _plain(value: object) -> object:
    """A value as a table holds it."""
    from queries.formats import in_words
    from queries.values import NodeValue, PathValue, TieValue

    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    return in_words(value) if isinstance(value, NodeValue | TieValue | PathValue) else value


def _word(value: object) -> str:
    """A parameter as the command line would write it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        value = value.date()
    return value.isoformat() if isinstance(value, date) else str(value)


def _need(library: str) -> Any:
    from importlib import import_module

    try:
        return import_module(library)
    except ImportError as error:
        raise QueryError(
            f"{library} is not installed: `pip install {library}`, or use to_dicts()"
        ) from error
