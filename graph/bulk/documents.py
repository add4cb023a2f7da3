"""What one document adds: its own rows, and what it says of entities, ties and deals."""

from __future__ import annotations

from collections.abc import Iterator

from graph.bulk.rows import GraphRow, NodeRow, TieRow
from graph.contribution import Contribution
from graph.placement import Placed
from graph.sketch import Sketch
from graph.stories import sketch_row


def tell_document(item: Contribution, story: str) -> Iterator[GraphRow]:
    """The document, its sketch, the references that it uses, and the story that it copies."""
    id_ = str(item.document["id"])
    yield NodeRow(("Document",), {**item.document, "story": story})
    yield NodeRow(("Sketch",), sketch_row(id_, Sketch.from_text(item.sketch)))
    if story != id_:
        yield TieRow("Document", "SAME_STORY_AS", "Document", id_, story)
    for use in item.uses:
        yield TieRow("Document", "USES", "Reference", id_, use.reference, use.properties)


def tell_placed(placed: Placed) -> Iterator[GraphRow]:
    """Its mentions of entities, and its statements with their two sides, site and deal."""
    id_ = str(placed.contribution.document["id"])
    for mention in placed.mentions:
        yield TieRow("Document", "MENTIONS", "Entity", id_, mention.entity, mention.properties)
    for said in placed.statements:
        yield NodeRow(("Statement",), said.properties)
        yield TieRow("Statement", "STATED_IN", "Document", said.row.id, id_)
        yield TieRow("Statement", "SUBJECT", "Entity", said.row.id, said.head)
        yield TieRow("Statement", "OBJECT", "Entity", said.row.id, said.tail)
        if said.site:
            yield TieRow("Statement", "SITE", "Entity", said.row.id, said.site)
        if said.deal:
            yield TieRow("Statement", "ABOUT", "Partnership", said.row.id, said.deal.id)
