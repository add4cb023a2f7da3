"""What all documents together say of one reference, or of one entity."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from extract.ontology import ontology
from graph.bulk.rows import GraphRow, NodeRow, TieRow
from graph.derive import entity_properties, look_up_keys
from graph.resolution.references import derive_reference
from graph.resolution.resolve import Join
from graph.shelf import KEPT_ABOVE, MENTIONS, digest_row
from graph.tallies import Tallies

Properties = Mapping[str, Any]


def tell_reference(id_: str, uses: Iterable[Properties], join: Join) -> Iterator[GraphRow]:
    """A reference from all its uses (one at least), its blocks, and whom it refers to.

    The nodes of the blocks are for the caller: many references are in one.
    """
    tallies = Tallies.of(uses)
    reference = derive_reference(id_, tallies)
    if reference is None:
        raise ValueError(f"no document uses the reference {id_}")
    yield NodeRow(("Reference",), {**reference.properties(), "tallies": tallies.to_text()})
    for key in sorted(reference.blocks()):
        yield TieRow("Reference", "IN_BLOCK", "Block", id_, key)
    yield TieRow("Reference", "REFERS_TO", "Entity", id_, join.entity, join.properties())


def tell_entity(id_: str, mentions: Iterable[Properties], references: int) -> Iterator[GraphRow]:
    """An entity from all its mentions (one at least), and the names by which it is found.

    ``references`` is how many refer to it: the tallies of several are kept once they are many.
    The nodes of the names are for the caller.
    """
    tallies = Tallies.of(mentions)
    label, properties = entity_properties(id_, tallies)
    yield NodeRow(("Entity", label), properties)
    for key in look_up_keys(ontology().kinds[properties["kind"]].type, properties):
        yield TieRow("Entity", "NAMED", "Name", id_, key)
    if references > 1 and tallies.documents > KEPT_ABOVE:
        yield NodeRow(("Digest",), digest_row(MENTIONS, id_, tallies.to_text()))
