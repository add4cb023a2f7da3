"""An answer as a picture: its nodes and ties, and the sentences that they stand on.

A deal of three or more parties has a node of its own, to which its parties lead; the pairwise
ties that say the same are kept folded. A deal of two is a plain tie. What is only possible is never
drawn, whatever the answer holds: neither the tie, nor the deal, nor the sentence.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import TYPE_CHECKING

from queries.captions import (
    Claim,
    Deal,
    draw_deal,
    draw_entity,
    draw_parties,
    draw_sentence,
    draw_source,
    draw_tie,
    is_drawn,
    kind_of,
    statements_of,
    tie_key,
)
from queries.formats import in_words
from queries.picture import Picture, Place
from queries.questions import fill
from queries.runner import Answer, read_values
from queries.values import NodeValue, TieValue, walk

if TYPE_CHECKING:
    from graph.store import Store

_BATCH = 2000
_MOST_AMONG = 2000  # entities among which ties are looked for

_NOTHING_TO_DRAW = (
    "The answer has no node to draw: let the query return nodes and ties, "
    "for example RETURN a, tie, b."
)

_TIES = """
UNWIND $ids AS id
MATCH (s:Statement {id: id})
MATCH (s)-[:SUBJECT]->(a:Entity)
MATCH (s)-[:OBJECT]->(b:Entity)
MATCH (a)-[tie]-(b)
WHERE tie.id = s.tie AND s.status <> 'possible' AND tie.status <> 'possible'
RETURN DISTINCT tie, a, b
"""
_TIES_AMONG = """
UNWIND $ids AS id
MATCH (a:Entity {id: id})-[tie]->(b:Entity)
WHERE b.id IN $all AND type(tie) <> 'UNCONFIRMED'
RETURN DISTINCT tie, a, b
"""
_CLAIMS = """
UNWIND $ids AS id
MATCH (s:Statement {id: id})
WHERE s.status <> 'possible'
OPTIONAL MATCH (s)-[:STATED_IN]->(document:Document)
OPTIONAL MATCH (s)-[:SUBJECT|OBJECT]->(side:Entity)
OPTIONAL MATCH (s)-[:SITE]->(site:Entity)
OPTIONAL MATCH (s)-[:ABOUT]->(deal:Partnership)
RETURN s, document, side.id AS side, site.name AS site, deal.id AS deal
"""
_PARTIES = """
UNWIND $ids AS id
MATCH (deal:Partnership {id: id})<-[party:PARTY_TO]-(entity:Entity)
WHERE deal.status <> 'possible'
RETURN deal, party.role AS role, entity
"""
_SITES = """
UNWIND $ids AS id
MATCH (deal:Partnership {id: id})-[:SITED_IN]->(entity:Entity)
RETURN deal, entity
"""
_STATEMENTS = """
UNWIND $ids AS id
MATCH (deal:Partnership {id: id})<-[:ABOUT]-(s:Statement)
RETURN deal, s.id AS statement
"""
_HOMES = """
UNWIND $ids AS id
MATCH (e:Entity {id: id})-[tie:HEADQUARTERED_IN|LOCATED_IN]->(place:Entity)
WHERE tie.status IN ['in_effect', 'announced']
RETURN id, place, type(tie) AS type, tie.documents AS documents, tie.confidence AS confidence
"""


@dataclass(slots=True)
class _Scene:
    """What is to be drawn, while it is being collected; everything by its id."""

    entities: dict[str, NodeValue] = field(default_factory=dict)
    ties: dict[str, TieValue] = field(default_factory=dict)
    deals: dict[str, Deal] = field(default_factory=dict)
    claims: dict[str, Claim] = field(default_factory=dict)
    left_out: set[str] = field(default_factory=set)  # keys of ties that may not be drawn

    def add_entity(self, node: NodeValue) -> None:
        self.entities.setdefault(node.id, node)

    def add_tie(self, tie: TieValue) -> None:
        self.ties.setdefault(tie_key(tie), tie)
        self.add_entity(tie.start)
        self.add_entity(tie.end)


def draw(store: Store, answer: Answer) -> Picture:
    """The picture of an answer; ``store`` is read for the sentences and documents behind it.

    An answer of entities alone is drawn with the ties among them. One without nodes and ties
    gives an empty picture, whose note says why. Raises QueryError where the database refuses a
    read.
    """
    scene, deals, statements = _collect(answer)
    if scene.entities and not (scene.ties or scene.left_out or deals or statements):
        for tie in _read_ties_among(store, sorted(scene.entities)):
            scene.add_tie(tie)
    _read_deals(store, scene, deals)
    small = (deal for deal in scene.deals.values() if not deal.has_own_node)
    statements |= {id_ for deal in small for id_ in deal.statements}
    for tie in _read_ties(store, statements):
        scene.add_tie(tie)
    statements |= {id_ for tie in scene.ties.values() for id_ in statements_of(tie)}
    _read_claims(store, scene, statements)
    _read_deals(store, scene, {id_ for claim in scene.claims.values() for id_ in claim.deals})
    drawn = {id_: deal for id_, deal in scene.deals.items() if deal.has_own_node}
    told = {id_ for deal in drawn.values() for id_ in deal.statements}
    for tie in _read_ties(store, told):
        if _all_in(statements_of(tie), told):
            scene.ties.setdefault(tie_key(tie), tie)
    _read_claims(store, scene, told)
    return _arrange(answer, scene, drawn, _read_homes(store, set(scene.entities)))


def _collect(answer: Answer) -> tuple[_Scene, set[str], set[str]]:
    """What the rows hold: entities and ties, the ids of deals, the ids of statements."""
    scene = _Scene()
    deals: set[str] = set()
    statements: set[str] = set()
    for row in answer.rows:
        for node in _collect_row(scene, tuple(walk(row))):
            if node.has("Entity"):
                scene.add_entity(node)
            elif node.has("Partnership"):
                deals.add(node.id)
            elif node.has("Statement"):
                statements.add(node.id)
    return scene, deals, statements


def _collect_row(scene: _Scene, row: Sequence[NodeValue | TieValue]) -> Iterator[NodeValue]:
    """Add a row's ties to the scene; give its nodes, without the ends of ties not to be drawn."""
    ends: set[str] = set()
    for tie in row:
        if isinstance(tie, TieValue) and _is_between_entities(tie):
            if is_drawn(tie):
                scene.add_tie(tie)
            else:
                scene.left_out.add(tie_key(tie))
                ends |= {tie.start.id, tie.end.id}
    for value in row:
        for node in (value.start, value.end) if isinstance(value, TieValue) else (value,):
            if node.id and node.id not in ends:
                yield node


def _is_between_entities(tie: TieValue) -> bool:
    return all(end.id and end.has("Entity") for end in (tie.start, tie.end))


def _read_ties(store: Store, statements: set[str]) -> Iterator[TieValue]:
    for row in _batched(store, _TIES, statements):
        if isinstance(row[0], TieValue):
            yield row[0]


def _read_ties_among(store: Store, ids: Sequence[str]) -> Iterator[TieValue]:
    if len(ids) > _MOST_AMONG:
        return
    for row in read_values(store, _TIES_AMONG, {"ids": ids, "all": ids})[1]:
        if isinstance(row[0], TieValue):
            yield row[0]


def _read_deals(store: Store, scene: _Scene, ids: set[str]) -> None:
    wanted = ids - set(scene.deals)
    parties: dict[str, list[tuple[str, NodeValue]]] = defaultdict(list)
    sites: dict[str, list[NodeValue]] = defaultdict(list)
    statements: dict[str, list[str]] = defaultdict(list)
    nodes: dict[str, NodeValue] = {}
    for deal, role, entity in _batched(store, _PARTIES, wanted):
        if isinstance(deal, NodeValue) and isinstance(entity, NodeValue):
            nodes[deal.id] = deal
            parties[deal.id].append((str(role or ""), entity))
    for deal, entity in _batched(store, _SITES, wanted):
        if isinstance(deal, NodeValue) and isinstance(entity, NodeValue):
            sites[deal.id].append(entity)
    for deal, statement in _batched(store, _STATEMENTS, wanted):
        if isinstance(deal, NodeValue):
            statements[deal.id].append(str(statement))
    for id_, node in nodes.items():
        scene.deals[id_] = Deal(
            node,
            tuple(sorted(parties[id_], key=lambda party: (party[0], party[1].id))),
            tuple(sorted(sites[id_], key=lambda site: site.id)),
            tuple(sorted(statements[id_])),
        )


def _read_claims(store: Store, scene: _Scene, ids: set[str]) -> None:
    """Read the statements not read yet; one comes back as several rows, one a side, site, deal."""
    for s, document, side, site, deal in _batched(store, _CLAIMS, ids - set(scene.claims)):
        if not isinstance(s, NodeValue):
            continue
        claim = scene.claims.get(s.id) or Claim(
            s, document if isinstance(document, NodeValue) else None
        )
        scene.claims[s.id] = replace(
            claim,
            sides=claim.sides | ({str(side)} if side else set()),
            sites=tuple(sorted({*claim.sites, *([str(site)] if site else [])})),
            deals=claim.deals | ({str(deal)} if deal else set()),
        )


def _read_homes(store: Store, ids: set[str]) -> dict[str, Place]:
    """Entity id → the place where it is based; of several that of most documents."""
    found: dict[str, list[tuple[bool, int, float, str, NodeValue]]] = defaultdict(list)
    for id_, place, type_, documents, confidence in _batched(store, _HOMES, ids):
        if isinstance(place, NodeValue):
            rank = (type_ == "HEADQUARTERED_IN", int(str(documents)), float(str(confidence)))
            found[str(id_)].append((*rank, place.id, place))
    best = {id_: max(homes)[-1] for id_, homes in found.items()}
    return {id_: Place(place.name, kind_of(place)) for id_, place in best.items()}


def _batched(store: Store, cypher: str, ids: Iterable[str]) -> Iterator[tuple[object, ...]]:
    left = iter(sorted(ids))
    while batch := list(islice(left, _BATCH)):
        yield from read_values(store, cypher, {"ids": batch})[1]


def _arrange(
    answer: Answer, scene: _Scene, deals: Mapping[str, Deal], homes: Mapping[str, Place]
) -> Picture:
    """Everything as the picture's words, sorted."""
    told = {id_ for deal in deals.values() for id_ in deal.statements}
    entities = dict(scene.entities)
    for deal in deals.values():
        for node in (*(party for _, party in deal.parties), *deal.sites):
            entities.setdefault(node.id, node)
    links = [
        replace(draw_tie(tie, scene.claims), folded=_all_in(statements_of(tie), told))
        for tie in scene.ties.values()
        if {tie.start.id, tie.end.id} <= entities.keys()
    ]
    for deal in deals.values():
        links.extend(draw_parties(deal, scene.claims))
    nodes = [
        replace(
            draw_entity(node),
            home=homes.get(id_),
            weight=answer.weights.get(id_),
            group=answer.groups.get(id_, ""),
        )
        for id_, node in entities.items()
    ]
    nodes.extend(draw_deal(deal) for deal in deals.values())
    shown = {id_ for link in links for id_ in link.statements}
    claims = [scene.claims[id_] for id_ in sorted(shown)]
    documents = {claim.document.id: claim.document for claim in claims if claim.document}
    return Picture(
        title=_title(answer),
        question=_question(answer),
        nodes=tuple(sorted(nodes, key=lambda node: (node.name.casefold(), node.id))),
        links=tuple(sorted(links, key=lambda link: (link.source, link.target, link.type, link.id))),
        evidence=tuple(draw_sentence(claim) for claim in claims),
        documents=tuple(draw_source(documents[id_]) for id_ in sorted(documents)),
        parameters={
            name: in_words(value)
            for name, value in answer.parameters.items()
            if value is not None and name != "limit"  # the note says it, where it was reached
        },
        note=_note(answer, bool(nodes), len(scene.left_out)),
    )


def _note(answer: Answer, drawn: bool, left_out: int) -> str:
    """What to say beside the picture, or instead of one."""
    if left_out:
        ties = "1 tie is" if left_out == 1 else f"{left_out:,} ties are"
        return f"{ties} only possible and not drawn; the answer as a table lists what is possible."
    if not drawn:
        return answer.note or _NOTHING_TO_DRAW
    return answer.note


def _all_in(statements: tuple[str, ...], told: set[str]) -> bool:
    return bool(statements) and told.issuperset(statements)


def _title(answer: Answer) -> str:
    if answer.question is None:
        return "Answer to a Cypher query"
    return fill(answer.question.title, answer.parameters)


def _question(answer: Answer) -> str:
    return answer.question.sentence(answer.parameters) if answer.question else answer.cypher
