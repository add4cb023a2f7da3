"""Who is who within one document: what the reader's names refer to, before any other is known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from extract.records import Entity, Reading
from graph.ids import entity_id, group_id
from graph.names import BlockIndex, blocks, probabilities, sought
from graph.resolution.weights import weights

GROUP = "group"  # the kind of what has no name: "38 firms"
_RESOLVED = ("ORG", "PER")  # places and products of one document are told apart by the reader


def refer(reading: Reading) -> Mapping[str, str]:
    """Local entity id → id of the reference: a type and the key of a name, in all documents.

    Names of one document that are surely of one bearer ("Calder" beside "Calder Motors") and
    could be of no other there are one reference, by the fuller name, unless the document ties
    them to each other. Unnamed groups are never the same.
    """
    ids = {entity.id: _reference_id(reading.document.id, entity) for entity in reading.entities}
    fuller = dict(_joined(reading, ids))

    def follow(id_: str) -> str:
        return follow(fuller[id_]) if id_ in fuller else id_

    return {local: follow(id_) for local, id_ in ids.items()}


def _reference_id(document: str, entity: Entity) -> str:
    if entity.subtype == GROUP:
        start = min((mention.start for mention in entity.mentions), default=-1)
        return group_id(document, entity.name, start)
    return entity_id(entity.type, entity.name)


def _joined(reading: Reading, ids: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """(reference, reference of the fuller name) for names that have one possible bearer."""
    tied = {
        frozenset((ids[s.head], ids[s.tail]))
        for s in reading.statements
        if s.head in ids and s.tail in ids
    }
    named = [e for e in reading.entities if e.type in _RESOLVED and e.subtype != GROUP]
    names = {ids[entity.id]: entity for entity in reversed(named)}
    near: dict[str, dict[str, float]] = {}
    for (one, other), probability in _scored(names):
        if probability >= weights().unsure:
            near.setdefault(one, {})[other] = probability
            near.setdefault(other, {})[one] = probability
    for one, others in sorted(near.items()):
        if len(others) > 1:
            continue
        ((other, probability),) = others.items()
        sure = probability >= weights().join and frozenset((one, other)) not in tied
        if sure and _fullness(names[one]) < _fullness(names[other]):
            yield one, other


def _scored(names: Mapping[str, Entity]) -> Iterator[tuple[tuple[str, str], float]]:
    """Pairs of references that share a block, with the probability that they are one."""
    for type_ in _RESOLVED:
        own = {id_: entity.name for id_, entity in names.items() if entity.type == type_}
        index = BlockIndex()
        for id_, name in own.items():
            index.put(id_, blocks(type_, name))
        pairs = index.pairs({id_: sought(type_, name) for id_, name in own.items()})
        found = probabilities(type_, [(own[a], own[b]) for a, b in pairs])
        yield from zip(pairs, map(float, found), strict=True)


def _fullness(entity: Entity) -> tuple[int, int, str]:
    return (len(entity.name.split()), len(entity.name), entity.id)
