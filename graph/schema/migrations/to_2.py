"""From version 1 to 2: graphs in which a name was an entity get references and their joins."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from extract.ontology import ontology
from graph.change import apply
from graph.contribution import Contribution, Use, stored_statement
from graph.ids import entity_id, pair_id
from graph.resolution import cypher
from graph.resolution.asking import ask, own_properties
from graph.resolution.within import GROUP

if TYPE_CHECKING:
    from neo4j import ManagedTransaction

    from graph.store import Store

_BATCH = 100  # documents a transaction
_OLD = """
MATCH (d:Document) WHERE NOT EXISTS { (d)-[:USES]->() } AND EXISTS { (d)-[:MENTIONS]->() }
RETURN d.id AS id ORDER BY id
"""
_USES = """
UNWIND $ids AS id MATCH (:Document {id: id})-[m:MENTIONS]->(e:Entity)
RETURN id, e.id AS entity, properties(m) AS properties
"""
_STATEMENTS = """
UNWIND $ids AS id MATCH (:Document {id: id})<-[:STATED_IN]-(s:Statement)
MATCH (s)-[:SUBJECT]->(head:Entity) MATCH (s)-[:OBJECT]->(tail:Entity)
OPTIONAL MATCH (s)-[:SITE]->(site:Entity)
OPTIONAL MATCH (s)-[:ABOUT]->(p:Partnership)
RETURN id, properties(s) AS properties, head.id AS head, tail.id AS tail, site.id AS site,
       p.id AS deal
"""
_PARTIES = """
UNWIND $ids AS id MATCH (:Partnership {id: id})<-[r:PARTY_TO]-(e:Entity)
RETURN id, r.role AS role, e.id AS party
"""
_SITES = """
UNWIND $ids AS id MATCH (:Partnership {id: id})-[:SITED_IN]->(e:Entity)
RETURN id, e.id AS site
"""


def migrate(store: Store) -> None:
    """Load each document of an old graph anew, from what the graph itself says of it.

    What is interrupted goes on when the graph is next loaded into. Raises StoreError.
    """
    old = [str(row["id"]) for row in store.read(_OLD)]
    for start in range(0, len(old), _BATCH):
        batch = old[start : start + _BATCH]
        store.transact(lambda tx, ids=batch: _reload(tx, ids))  # type: ignore[misc]


def _reload(tx: ManagedTransaction, documents: Sequence[str]) -> None:
    apply(tx, documents, list(_contributions(tx, documents)))


def _contributions(tx: ManagedTransaction, documents: Sequence[str]) -> Iterator[Contribution]:
    uses: dict[str, list[Use]] = defaultdict(list)
    references: dict[str, dict[str, str]] = defaultdict(dict)  # by document, then entity
    for row in ask(tx, _USES, documents):
        properties = own_properties(row["properties"])
        reference = _reference_id(row["entity"], properties)
        references[row["id"]][row["entity"]] = reference
        uses[row["id"]].append(Use(reference, properties))
    told = list(ask(tx, _STATEMENTS, documents))
    deals = _deals(tx, sorted({row["deal"] for row in told if row["deal"]}))
    statements = defaultdict(list)
    for row in told:
        row |= {"properties": own_properties(row["properties"]), **deals.get(row["deal"], {})}
        properties = _statement(row, references[row["id"]])
        statements[row["id"]].append(stored_statement(properties))
    for row in ask(tx, cypher.DOCUMENT_ROWS, documents):
        id_ = row["id"]
        yield Contribution(
            own_properties(row["properties"]), tuple(uses[id_]), tuple(statements[id_])
        )


def _reference_id(entity: str, properties: Mapping[str, Any]) -> str:
    """The reference of an entity in one document: that of the name that it has there."""
    if properties["subtype"] == GROUP:
        return entity
    return entity_id(str(properties["type"]), str(properties["name"]))


def _statement(row: Mapping[str, Any], references: Mapping[str, str]) -> dict[str, Any]:
    """The properties of a statement, between references."""

    def of(entity: str) -> str:
        return references.get(entity, entity)

    head, tail = of(row["head"]), of(row["tail"])
    properties: dict[str, Any] = {
        **row["properties"],
        "subject_reference": head,
        "object_reference": tail,
        "pair": pair_id(head, tail),
    }
    if row["site"]:
        properties["site_reference"] = of(row["site"])
    if row["deal"]:
        is_facility = ontology().relations[properties["type"]].site == "tail"
        properties["deal_parties"] = sorted(f"{role}={of(party)}" for role, party in row["parties"])
        properties["deal_sites"] = sorted(map(of, row["sites"])) if is_facility else []
    return properties


def _deals(tx: ManagedTransaction, deals: Sequence[str]) -> dict[str, dict[str, list[Any]]]:
    found: dict[str, dict[str, list[Any]]] = {id_: {"parties": [], "sites": []} for id_ in deals}
    for row in ask(tx, _PARTIES, deals):
        found[row["id"]]["parties"].append((row["role"], row["party"]))
    for row in ask(tx, _SITES, deals):
        found[row["id"]]["sites"].append(row["site"])
    return found
