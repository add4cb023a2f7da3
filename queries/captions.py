"""How nodes, ties, sentences and documents of the graph are captioned in a picture."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from extract.ontology import ontology
from extract.records import content_id
from queries.formats import code_in_words, in_words, tie_label
from queries.picture import Evidence, Link, Node, Source
from queries.values import NodeValue, TieValue

_TITLES = {
    "kind": "Kind",
    "role": "Role",
    "since": "Since",
    "until": "Until",
    "amount_text": "Amount",
    "stake": "Stake",
    "people": "People",
    "place": "Place",
}
"""What a panel says of a tie or a deal, in this order; people and place come from the sentences."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A statement as read for a picture: with its document, its sides, its sites and its deals."""

    statement: NodeValue
    document: NodeValue | None
    sides: frozenset[str] = frozenset()
    sites: tuple[str, ...] = ()
    deals: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Deal:
    """A partnership as read for a picture. ``parties`` are (role, entity)."""

    node: NodeValue
    parties: tuple[tuple[str, NodeValue], ...] = ()
    sites: tuple[NodeValue, ...] = ()
    statements: tuple[str, ...] = field(default=())

    @property
    def has_own_node(self) -> bool:
        """Whether it is drawn as a node: a deal of two is a plain tie."""
        return len({party.id for _, party in self.parties}) > 2


def kind_of(node: NodeValue) -> str:
    """The kind in the ontology, or "Partnership"."""
    kinds = ontology().kinds
    own = str(node.properties.get("kind") or "")
    if own in kinds and not node.has("Partnership"):
        return own
    label = next((label for label in node.labels if label in kinds), "Organisation")
    return "Partnership" if node.has("Partnership") else label


def draw_entity(node: NodeValue) -> Node:
    """The circle of an entity."""
    return Node(
        id=node.id,
        name=node.name,
        kind=kind_of(node),
        aliases=_texts(node.properties.get("aliases")),
        documents=_number(node.properties.get("documents")),
    )


def draw_deal(deal: Deal) -> Node:
    """The circle of a deal of three or more parties."""
    known = dict(deal.node.properties)
    known["place"] = ", ".join(sorted({site.name for site in deal.sites}))
    relation = ontology().relations.get(str(known.get("type")))
    status = code_in_words("status", known.get("status"))
    return Node(
        id=deal.node.id,
        name=deal.node.name,
        kind="Partnership",
        documents=_number(known.get("documents")),
        properties={
            **({"Type": relation.noun or relation.label} if relation else {}),
            **_captions(known),
            **({"Status": status} if status else {}),
        },
    )


def tie_key(tie: TieValue) -> str:
    """The id of a tie: its own, or one made of what it joins."""
    own = str(tie.properties.get("id") or "")
    return own or content_id("link", tie.type, tie.start.id, tie.end.id, *statements_of(tie))


def statements_of(tie: TieValue) -> tuple[str, ...]:
    """The ids of the statements that the tie stands on."""
    return _texts(tie.properties.get("statements"))


def is_drawn(tie: TieValue) -> bool:
    """Whether the tie may be in a picture: a possible one never is."""
    status = ontology().statuses.get(tie.status)
    return status is None or status.drawn


def draw_tie(tie: TieValue, claims: Mapping[str, Claim]) -> Link:
    """The line of a tie between two entities, with what its sentences add."""
    statements = statements_of(tie)
    behind = [claims[id_] for id_ in statements if id_ in claims]
    known = dict(tie.properties)
    people = [claim.statement.properties.get("people") for claim in behind]
    known["people"] = max((n for n in people if isinstance(n, int)), default=None)
    ends = {tie.start.name, tie.end.name}
    sites = {site for claim in behind for site in claim.sites} - ends
    known["place"] = ", ".join(sorted(sites))
    relation = ontology().relations.get(tie.relation)
    return Link(
        id=tie_key(tie),
        source=tie.start.id,
        target=tie.end.id,
        type=tie.relation,
        label=relation.label if relation else tie_label(tie),
        status=tie.status or "in_effect",
        confidence=_share(tie.properties.get("confidence")),
        directed=not (relation and relation.symmetric),
        properties=_captions(known),
        statements=tuple(id_ for id_ in statements if id_ in claims),
    )


def draw_parties(deal: Deal, claims: Mapping[str, Claim]) -> Iterable[Link]:
    """The lines from the parties to the deal's own node, and from it to its places."""
    for role, party in deal.parties:
        yield _deal_link(deal, "PARTY_TO", party, role or "party", claims)
    for site in deal.sites:
        yield _deal_link(deal, "SITED_IN", site, "takes place in", claims)


def _deal_link(
    deal: Deal, type_: str, entity: NodeValue, label: str, claims: Mapping[str, Claim]
) -> Link:
    read = [id_ for id_ in deal.statements if id_ in claims]
    own = [id_ for id_ in read if entity.id in claims[id_].sides]
    ends = (entity.id, deal.node.id) if type_ == "PARTY_TO" else (deal.node.id, entity.id)
    return Link(
        id=content_id("link", type_, *ends, label),
        source=ends[0],
        target=ends[1],
        type=type_,
        label=label,
        status=str(deal.node.properties.get("status") or "in_effect"),
        confidence=_share(deal.node.properties.get("confidence")),
        directed=False,
        statements=tuple(own or read),
    )


def draw_sentence(claim: Claim) -> Evidence:
    """The sentence, with the stretches that name its two sides."""
    known = claim.statement.properties
    text = str(known.get("text") or "")
    offsets = known.get("names")
    numbers = [int(n) for n in offsets] if isinstance(offsets, list) else []
    pairs = zip(numbers[::2], numbers[1::2], strict=False)
    return Evidence(
        id=claim.statement.id,
        text=text,
        names=tuple(sorted((s, e) for s, e in pairs if 0 <= s < e <= len(text))),
        document=claim.document.id if claim.document else "",
        type=str(known.get("type") or ""),
        status=str(known.get("status") or "in_effect"),
        confidence=_share(known.get("confidence")),
    )


def draw_source(document: NodeValue) -> Source:
    """The document that a sentence stands in."""
    known = {key: in_words(value) for key, value in document.properties.items()}
    return Source(
        id=document.id,
        title=known.get("title") or known.get("source") or "Untitled",
        date=known.get("date", ""),
        publisher=known.get("publisher", ""),
        url=known.get("url", ""),
        source=known.get("source", ""),
    )


def _captions(known: Mapping[str, object]) -> dict[str, str]:
    words = {title: code_in_words(key, known.get(key)) for key, title in _TITLES.items()}
    return {title: value for title, value in words.items() if value}


def _texts(value: object) -> tuple[str, ...]:
    return tuple(str(item) for item in value) if isinstance(value, list) else ()


def _number(value: object) -> int:
    return int(value) if isinstance(value, int | float) else 0


def _share(value: object) -> float:
    return float(value) if isinstance(value, int | float) else 1.0
