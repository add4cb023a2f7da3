"""Which entity of the graph each entity of a document is: the one door of resolution."""

from __future__ import annotations

from collections.abc import Mapping

from extract.records import Entity, Reading
from graph.ids import entity_id, group_id


def resolve(reading: Reading) -> Mapping[str, str]:
    """Local entity id → graph id; two local entities may be one in the graph.

    Here a name decides alone: the same key of the same type is the same entity, in every
    document. Unnamed groups are never the same.
    """
    return {entity.id: _graph_id(reading.document.id, entity) for entity in reading.entities}


def _graph_id(document: str, entity: Entity) -> str:
    if entity.subtype == "group":
        start = min((mention.start for mention in entity.mentions), default=-1)
        return group_id(document, entity.name, start)
    return entity_id(entity.type, entity.name)
