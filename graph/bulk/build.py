"""The rows of a graph in memory: what Spark does over many machines, for one that holds it all."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from graph.bulk.dealings import tell_deal, tell_tie
from graph.bulk.documents import tell_document, tell_placed
from graph.bulk.names import tell_entity, tell_reference
from graph.bulk.rows import GraphRow, NodeRow, TieRow
from graph.contribution import Contribution
from graph.dealings import claims_of
from graph.digest import Claim, Digest
from graph.placement import Placed, place
from graph.resolution.resolve import Join
from graph.sketch import Sketch
from graph.stories import find_stories


def build_rows(items: Iterable[Contribution], joins: Mapping[str, Join]) -> Iterator[GraphRow]:
    """All rows of the graph of these documents (each once), nodes before their ties or after.

    ``joins`` say whom each reference refers to, by its id.
    """
    documents = sorted(items, key=lambda item: str(item.document["id"]))
    who = {id_: join.entity for id_, join in joins.items()}
    placed = [place(item, who) for item in documents]
    stories = find_stories({str(i.document["id"]): Sketch.from_text(i.sketch) for i in documents})
    for item, placed_item in zip(documents, placed, strict=True):
        yield from tell_document(item, stories[str(item.document["id"])])
        yield from tell_placed(placed_item)
    yield from with_ends("Block", _references(documents, joins))
    entities = list(_entities(placed, Counter(who.values())))
    yield from with_ends("Name", entities)
    claims = [claim for item in placed for claim in claims_of(item, stories)]
    for id_, told in sorted(_grouped(claims, "tie").items()):
        yield from tell_tie(id_, told)
    names = {
        row.key: str(row.properties["name"])
        for row in entities
        if isinstance(row, NodeRow) and row.labels[0] == "Entity"
    }
    parties = {deal.id: deal.parties for item in placed for deal in item.deals}
    for id_, told in sorted(_grouped(claims, "deal").items()):
        yield from tell_deal(id_, Digest.of(told), parties[id_], names)


def with_ends(label: str, rows: Iterable[GraphRow]) -> Iterator[GraphRow]:
    """These rows, and once each the nodes of ``label`` that ties among them lead to."""
    known: set[str] = set()
    for row in rows:
        yield row
        if isinstance(row, TieRow) and row.end_label == label and row.end not in known:
            known.add(row.end)
            yield NodeRow((label,), {"key": row.end})


def _references(documents: Iterable[Contribution], joins: Mapping[str, Join]) -> Iterator[GraphRow]:
    uses: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for item in documents:
        for use in item.uses:
            uses[use.reference].append(use.properties)
    for id_ in sorted(uses):
        yield from tell_reference(id_, uses[id_], joins[id_])


def _entities(placed: Iterable[Placed], references: Counter[str]) -> Iterator[GraphRow]:
    mentions: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for item in placed:
        for mention in item.mentions:
            mentions[mention.entity].append(mention.properties)
    for id_ in sorted(mentions):
        yield from tell_entity(id_, mentions[id_], references[id_])


def _grouped(claims: Iterable[Claim], by: str) -> dict[str, list[Claim]]:
    found: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        if id_ := getattr(claim, by):
            found[id_].append(claim)
    return found
