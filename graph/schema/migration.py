"""From version 1 to 2: graphs in which a name was an entity get references and their joins."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from extract.ontology import ontology
from graph.change import apply
from graph.contribution import Contribution, Use, stored_statement
from graph.ids import pair_id
from graph.resolution import cypher
from graph.resolution.asking import ask, own_properties

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
RETURN id, e.id AS reference, properties(m) AS properties
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


def add_references(store: Store) -> None:
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
    for row in ask(tx, _USES, documents):
        uses[row["id"]].append(Use(row["reference"], own_properties(row["properties"])))
    told = list(ask(tx, _STATEMENTS, documents))
    deals = _deals(tx, sorted({row["deal"] for row in told if row["deal"]}))
    statements = defaultdict(list)
    for row in told:
        properties = own_properties(row["properties"]) | {
            "subject_reference": row["head"],
            "object_reference": row["tail"],
            "pair": pair_id(row["head"], row["tail"]),
            **({"site_reference": row["site"]} if row["site"] else {}),
            **deals.get(row["deal"], {}),
        }
        if "deal_sites" in properties and ontology().relations[properties["type"]].site != "tail":
            properties["deal_sites"] = []
        statements[row["id"]].append(stored_statement(properties))
    for row in ask(tx, cypher.DOCUMENT_ROWS, documents):
        id_ = row["id"]
        yield Contribution(
            own_properties(row["properties"]), tuple(uses[id_]), tuple(statements[id_])
        )


def _deals(tx: ManagedTransaction, deals: Sequence[str]) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {
        id_: {"deal_parties": [], "deal_sites": []} for id_ in deals
    }
    for row in ask(tx, _PARTIES, deals):
        found[row["id"]]["deal_parties"].append(f"{row['role']}={row['party']}")
    for row in ask(tx, _SITES, deals):
        found[row["id"]]["deal_sites"].append(row["site"])
    return {id_: {name: sorted(ids) for name, ids in deal.items()} for id_, deal in found.items()}
