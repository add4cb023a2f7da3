"""Ask the graph: a question of the catalogue, or any Cypher that only reads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from extract.errors import QueryError
from extract.ontology import ontology
from graph.names.keys import name_key
from queries.candidates import find_candidates, word_candidates
from queries.near import near_names, near_words
from queries.parameters import check_parameters
from queries.questions import (
    Question,
    list_catalogue,
    questions,
    read_catalogue,
    read_question,
)
from queries.values import NodeValue, PathValue, TieValue

if TYPE_CHECKING:
    from neo4j.graph import Node, Relationship
    from neo4j.graph import Path as GraphPath

    from graph.store import Store

__all__ = [
    "Answer",
    "all_questions",
    "ask",
    "find_question",
    "questions",
    "read_values",
    "run_cypher",
]

_FIND = """
WITH toLower($name) AS key
MATCH (:Name {key: key})<-[:NAMED]-(e:Entity)
RETURN e.name AS name ORDER BY name LIMIT 1
"""
# One id at a time: the embedded engine seeks by `=`, but scans for `IN`.
_ENDS = "UNWIND $ids AS i MATCH (n) WHERE elementId(n) = i RETURN i AS i, n AS n"


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back. ``question`` is None for Cypher of one's own.

    ``rows`` hold plain values, temporal values of the neo4j driver, and the NodeValue, TieValue
    and PathValue of queries/values.py; ``note`` says what to tell people where there is no row;
    ``weights`` are the sizes of entities in the picture and ``groups`` what lends them their
    colour, by their ids, as a measure found them.
    """

    question: Question | None
    cypher: str
    parameters: Mapping[str, object]
    columns: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]
    note: str = ""
    near: tuple[str, ...] = field(default=())
    weights: Mapping[str, float] = field(default_factory=dict)
    groups: Mapping[str, str] = field(default_factory=dict)


def find_question(name: str, catalogue: Path | None = None) -> Question:
    """The question ``name``, of the folder ``catalogue`` where that has it, else of ours.

    Raises QueryError, with near names, for another one.
    """
    files = {path.stem: path for path in list_catalogue(catalogue)} if catalogue else {}
    if name in files:
        return read_question(files[name])
    if name in questions():
        return questions()[name]
    near = near_words(name, {*files, *questions()})
    raise QueryError(
        f"there is no question {name!r}{_did_you_mean(near)}: `partnergraph queries` lists them all"
    )


def all_questions(catalogue: Path | None = None) -> Mapping[str, Question]:
    """The catalogue that comes along, with the questions of a folder of one's own, whose names
    win. Raises QueryError with file and line for a question that can't be understood."""
    return {**questions(), **read_catalogue(catalogue)} if catalogue else questions()


def ask(
    store: Store,
    name: str,
    parameters: Mapping[str, str],
    *,
    timeout: float | None = None,
    limit: int | None = None,
    catalogue: Path | None = None,
) -> Answer:
    """The answer to the catalogue's question ``name``.

    ``parameters`` are strings, as they come from a command line; ``timeout`` is in seconds,
    ``limit`` the most rows taken, and the note says so where there are more; ``catalogue`` is a
    folder with questions of one's own. Raises QueryError
    for an unknown question, an unknown, missing or malformed parameter, a query that takes too
    long, and what the database refuses.
    """
    question = find_question(name, catalogue)
    checked = check_parameters(question, parameters)
    columns, rows, more = _read(store, question.cypher, checked, timeout, limit)
    if not rows:
        known = _known_names(store, question, checked)
        if known != checked:
            checked = known
            columns, rows, more = _read(store, question.cypher, checked, timeout, limit)
    if rows:
        cut = _cut(rows, more) or _reach_of(checked.get("limit"), rows)
        note = " ".join(filter(None, (cut, *_ambiguous(store, question, checked))))
        return Answer(question, question.cypher, checked, columns, rows, note)
    note, near = _explain_nothing(store, question, checked)
    # The embedded engine names no columns where there is no row; the header does.
    columns = columns or tuple(question.columns)
    return Answer(question, question.cypher, checked, columns, (), note, near)


def run_cypher(
    store: Store,
    cypher: str,
    parameters: Mapping[str, object] | None = None,
    *,
    timeout: float | None = None,
    limit: int | None = None,
) -> Answer:
    """The answer to Cypher of one's own, which may only read.

    ``timeout`` is in seconds, ``limit`` the most rows taken. Raises QueryError, in one line and
    with the position where the database gives one.
    """
    if not cypher.strip():
        raise QueryError("there is no Cypher to run: try MATCH (n:Firm) RETURN n LIMIT 10")
    given = dict(parameters or {})
    columns, rows, more = _read(store, cypher, given, timeout, limit)
    note = _cut(rows, more) if rows else "Nothing found."
    return Answer(None, cypher.strip(), given, columns, rows, note)


def read_values(
    store: Store, cypher: str, parameters: Mapping[str, object]
) -> tuple[tuple[str, ...], tuple[tuple[object, ...], ...]]:
    """The columns and rows of one read, in the values of queries/values.py.

    Raises QueryError, in one line, where the database refuses the Cypher.
    """
    return _read(store, cypher, parameters)[:2]


def _read(
    store: Store,
    cypher: str,
    parameters: Mapping[str, object],
    timeout: float | None = None,
    limit: int | None = None,
) -> tuple[tuple[str, ...], tuple[tuple[object, ...], ...], bool]:
    """Columns, rows, and whether there are more of these than ``limit``."""
    records = store.read(cypher, parameters, timeout=timeout, limit=limit)
    raw = [list(record.values()) for record in records]
    ends = _read_ends(store, raw)
    rows = tuple(tuple(_plain(value, ends) for value in row) for row in raw)
    return records.columns, rows, records.truncated


def _cut(rows: Sequence[object], more: bool) -> str:
    """What to say of an answer that was cut off."""
    return f"Only the first {len(rows):,} rows were taken; there are more." if more else ""


def _reach_of(limit: object, rows: Sequence[object]) -> str:
    """What to say of an answer as long as the question lets it be."""
    if limit != len(rows):
        return ""
    return f"Only the first {len(rows):,} rows were asked for (limit); there may be more."


def _read_ends(store: Store, rows: Iterable[Sequence[object]]) -> dict[str, Node]:
    """The nodes that ties in these rows begin or end at; the database sends only their ids."""
    known: dict[str, Node] = {}
    wanted: set[str] = set()
    for node in _driver_nodes(value for row in rows for value in row):
        if node.labels or len(node):
            known[node.element_id] = node
        else:
            wanted.add(node.element_id)
    missing = sorted(wanted - set(known))
    if missing:
        known.update((row["i"], row["n"]) for row in store.read(_ENDS, {"ids": missing}))
    return known


def _driver_nodes(values: Iterable[object]) -> Iterator[Node]:
    from neo4j.graph import Node, Path, Relationship

    for value in values:
        if isinstance(value, Node):
            yield value
        elif isinstance(value, Relationship):
            yield from (node for node in value.nodes if node is not None)
        elif isinstance(value, Path):
            yield from value.nodes
        elif isinstance(value, Mapping):
            yield from _driver_nodes(value.values())
        elif isinstance(value, list):
            yield from _driver_nodes(value)


def _plain(value: object, ends: Mapping[str, Node]) -> object:
    from neo4j.graph import Node, Path, Relationship

    if isinstance(value, Node):
        return _node(value, ends)
    if isinstance(value, Relationship):
        return _tie(value, ends)
    if isinstance(value, Path):
        return _path(value, ends)
    if isinstance(value, list):
        return [_plain(item, ends) for item in value]
    if isinstance(value, dict):
        return {key: _plain(item, ends) for key, item in value.items()}
    return value


def _node(node: Node | None, ends: Mapping[str, Node]) -> NodeValue:
    if node is None:
        return NodeValue("", ())
    full = ends.get(node.element_id, node)
    return NodeValue(str(full.get("id") or ""), tuple(sorted(full.labels)), dict(full.items()))


def _tie(tie: Relationship, ends: Mapping[str, Node]) -> TieValue:
    start, end = (_node(node, ends) for node in tie.nodes)
    return TieValue(tie.type, start, end, dict(tie.items()))


def _path(path: GraphPath, ends: Mapping[str, Node]) -> PathValue:
    return PathValue(
        tuple(_node(node, ends) for node in path.nodes),
        tuple(_tie(tie, ends) for tie in path.relationships),
    )


def _known_names(
    store: Store, question: Question, parameters: Mapping[str, object]
) -> dict[str, object]:
    """The parameters, with names that the graph writes otherwise as it writes them.

    "Volkswagen AG" is found where the documents only say "Volkswagen": names are compared by
    the key that joined them when they were loaded.
    """
    known = dict(parameters)
    for name in _entity_parameters(question, parameters):
        asked = str(parameters[name])
        if not store.read(_FIND, {"name": asked}):
            types = {kind.type for kind in ontology().kinds.values()}
            keys = sorted({name_key(type_, asked) for type_ in types})
            found = (row["name"] for key in keys for row in store.read(_FIND, {"name": key}))
            known[name] = next(found, asked)
    return known


def _entity_parameters(question: Question, parameters: Mapping[str, object]) -> list[str]:
    """The parameters that name an entity and were given."""
    return [
        parameter.name
        for parameter in question.parameters
        if parameter.type == "entity" and parameters[parameter.name] is not None
    ]


def _ambiguous(store: Store, question: Question, parameters: Mapping[str, object]) -> Iterator[str]:
    """What to say of names that several go by."""
    for name in _entity_parameters(question, parameters):
        asked = str(parameters[name])
        yield word_candidates(asked, find_candidates(store, asked))


def _explain_nothing(
    store: Store, question: Question, parameters: Mapping[str, object]
) -> tuple[str, tuple[str, ...]]:
    """What to say of an answer without rows, and the near names to offer."""
    asked = [str(parameters[name]) for name in _entity_parameters(question, parameters)]
    unknown = [name for name in asked if not store.read(_FIND, {"name": name})]
    near = tuple(dict.fromkeys(n for name in unknown for n in near_names(store, name)))
    if unknown:
        said = " and ".join(repr(name) for name in unknown)
        return f"The graph knows no {said}{_did_you_mean(near)}.", near
    said = f"Nothing found. Asked was: {question.sentence(parameters)}"
    if asked:
        said += f" The graph knows {asked[0]!r}: `partnergraph entity {asked[0]!r}` shows its ties."
        said = " ".join((said, *filter(None, _ambiguous(store, question, parameters))))
    if parameters.get("unconfirmed") is False:
        said += " With -p unconfirmed=yes, denied and rumoured ties are listed too."
    return said, ()


def _did_you_mean(near: Sequence[str]) -> str:
    """Near names, to go on a sentence with."""
    if not near:
        return ""
    return f" (did you mean {near[0]}?)" if len(near) == 1 else f" (near are {', '.join(near)})"
