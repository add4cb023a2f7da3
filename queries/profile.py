"""What the graph knows of one entity: its names and why, its ties by type, its documents."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

from extract.errors import QueryError
from graph.resolution.portrait import JoinedName, NearMiss, portray
from queries.drawing import draw
from queries.formats import code_in_words, printable, tie_label
from queries.near import near_names
from queries.picture import Picture
from queries.runner import read_values, run_cypher
from queries.values import NodeValue, TieValue

if TYPE_CHECKING:
    from rich.console import RenderableType

    from graph.store import Store

_ENTITIES = """
WITH toLower($name) AS key
MATCH (:Name {key: key})<-[:NAMED]-(e:Entity)
RETURN DISTINCT e ORDER BY e.name, e.id
"""
_MENTIONS = """
MATCH (e:Entity {id: $id})<-[m:MENTIONS]-(d:Document)
RETURN m.names AS names, m.counts AS counts, d.id AS id, d.title AS title, d.date AS date
ORDER BY date DESC, title, id
"""
_TIES = """
MATCH (e:Entity {id: $id})-[tie]-(other:Entity)
WHERE tie.status <> 'possible'
RETURN tie, other ORDER BY type(tie), other.name, other.id, tie.statements[0]
"""
_DRAWN = """
MATCH (e:Entity) WHERE e.id IN $ids
OPTIONAL MATCH (e)-[tie]-(other:Entity) WHERE tie.status <> 'possible'
WITH e, tie, other ORDER BY tie.documents DESC, tie.confidence DESC, tie.id LIMIT $limit
RETURN e, tie, other
"""
_MOST_DRAWN = 500  # ties, those of most documents first


@dataclass(frozen=True, slots=True)
class Tie:
    """A tie as seen from the entity: ``says`` is the label, read from it to ``other``."""

    says: str
    other: str
    status: str
    kind: str
    role: str
    since: str
    amount: str
    confidence: float
    statements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Profile:
    """One entity. ``names`` maps each name to how often documents use it; ``joined`` says why
    each is of this entity, ``kept_apart`` which like names are of others, and why."""

    id: str
    name: str
    kind: str
    names: dict[str, int]
    ties: tuple[Tie, ...]
    documents: tuple[dict[str, str], ...]
    joined: tuple[JoinedName, ...] = ()
    kept_apart: tuple[NearMiss, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The profile for a program to read."""
        return asdict(self)


def profiles(store: Store, name: str) -> tuple[Profile, ...]:
    """Every entity that goes by ``name`` (case is ignored); usually one.

    Raises QueryError, with near names, where the graph knows none.
    """
    return tuple(_profile(store, node) for node in _find_named(store, name))


def draw_named(store: Store, name: str) -> Picture:
    """Every entity that goes by ``name`` with its ties, as a picture. Raises as `profiles`."""
    entities = _find_named(store, name)
    given = {"ids": [node.id for node in entities], "limit": _MOST_DRAWN}
    answer = run_cypher(store, _DRAWN, given)
    most = f"Only the {_MOST_DRAWN:,} ties of most documents are drawn."
    return replace(
        draw(store, answer),
        title=entities[0].name,
        question=f"All ties of {entities[0].name} that the graph knows, also what is denied or"
        " rumoured, each with the sentences that say so.",
        parameters={},
        note=most if len(answer.rows) == _MOST_DRAWN else "",
    )


def _find_named(store: Store, name: str) -> list[NodeValue]:
    found = [row[0] for row in read_values(store, _ENTITIES, {"name": name})[1]]
    entities = [node for node in found if isinstance(node, NodeValue)]
    if not entities:
        near = near_names(store, name)
        known = f"near are {', '.join(near)}"
        advice = known if near else "`partnergraph query overview` shows who is in it"
        raise QueryError(f"The graph knows no {name!r}; {advice}.")
    return entities


def describe(profile: Profile) -> Iterator[RenderableType]:
    """The profile for a terminal: a heading, a table of ties, the documents."""
    from rich.table import Table
    from rich.text import Text

    yield Text(f"{printable(profile.name)} ({profile.kind}, {profile.id})", style="bold")
    yield Text("names: " + printable(", ".join(f"{n} ×{c}" for n, c in profile.names.items())))
    for line in _why(profile):
        yield Text("  " + printable(line))
    if profile.ties:
        table = Table(header_style="bold")
        for heading in ("tie", "other side", "kind or role", "since", "amount", "status"):
            table.add_column(heading, overflow="fold")
        for tie in profile.ties:
            cells = (tie.says, tie.other, tie.kind or tie.role, tie.since, tie.amount, tie.status)
            table.add_row(*(Text(printable(cell)) for cell in cells))
        yield table
    else:
        yield Text("no ties")
    for document in profile.documents:
        shown = (document["date"] or "undated", document["title"] or "untitled", document["id"])
        yield Text(printable("  ".join(shown)))


def _why(profile: Profile) -> Iterator[str]:
    """A line for each name that was joined, and for each that was kept apart."""
    for name in profile.joined:
        if name.by != "name":
            sure = "" if name.by == "judgement" else f" ({name.probability:.2f})"
            yield f"{name.name} = {name.like}{sure}: {'; '.join(name.reasons)}"
        if name.names:
            yield f"documents also call {name.name}: {', '.join(name.names)}"
    for miss in profile.kept_apart:
        yield f"{miss.name} ≠ {miss.like} ({miss.probability:.2f}): {'; '.join(miss.reasons)}"


def _profile(store: Store, node: NodeValue) -> Profile:
    names: Counter[str] = Counter()
    documents: list[dict[str, str]] = []
    for row in store.read(_MENTIONS, {"id": node.id}):
        for surface, count in zip(row["names"], row["counts"], strict=True):
            names[surface] += count
        documents.append({key: row[key] or "" for key in ("id", "title", "date")})
    ties: dict[str, list[Tie]] = defaultdict(list)
    for tie, other in read_values(store, _TIES, {"id": node.id})[1]:
        if isinstance(tie, TieValue) and isinstance(other, NodeValue):
            seen = _tie(tie, node, other)
            ties[seen.says].append(seen)
    portrait = portray(store, node.id)
    return Profile(
        id=node.id,
        name=node.name,
        kind=str(node.properties.get("kind") or ""),
        names=dict(sorted(names.items(), key=lambda item: (-item[1], item[0]))),
        ties=tuple(tie for says in sorted(ties) for tie in ties[says]),
        documents=tuple(documents),
        joined=portrait.joined,
        kept_apart=portrait.misses,
    )


def _tie(tie: TieValue, node: NodeValue, other: NodeValue) -> Tie:
    def text(key: str) -> str:
        return str(tie.properties.get(key) or "")

    return Tie(
        says=tie_label(tie, backwards=tie.start.id != node.id),
        other=other.name,
        status=code_in_words("status", tie.status),
        kind=code_in_words("kind", text("kind")),
        role=text("role"),
        since=text("since"),
        amount=text("amount_text"),
        confidence=float(str(tie.properties.get("confidence") or 0)),
        statements=tuple(str(s) for s in tie.properties.get("statements") or ()),  # type: ignore[attr-defined]
    )
