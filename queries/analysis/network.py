"""The network that is measured: who works with whom, one edge for all ties of two."""

from __future__ import annotations

from typing import TYPE_CHECKING

from queries.runner import read_values
from queries.values import NodeValue

if TYPE_CHECKING:
    import networkx as nx

    from graph.store import Store

TIES = """
MATCH (a:Entity)-[tie]->(b:Entity)
WHERE NOT type(tie) IN $not_counted AND type(tie) <> 'UNCONFIRMED'
  AND NOT tie.status IN ['planned', 'ended']
  AND ($year IS NULL OR EXISTS {
    MATCH (s:Statement {tie: tie.id})-[:STATED_IN]->(d:Document)
    WHERE s.status <> 'possible' AND left(d.date, size($year)) = $year
  })
RETURN a, tie, b ORDER BY a.id, b.id, tie.id
"""
_PLACES = """
MATCH (p:Place) WHERE p.country IS NOT NULL
RETURN p.id AS id, p.country AS country ORDER BY id
"""
_HOMES = """
MATCH (e:Entity)-[tie:HEADQUARTERED_IN|LOCATED_IN]->(p:Entity)
WHERE tie.status IN ['in_effect', 'announced'] AND p.country IS NOT NULL
RETURN e.id AS id, p.country AS country ORDER BY type(tie) DESC, tie.documents, tie.id
"""
_TIED = """
MATCH (a:Entity)-[tie]->(b:Entity) WHERE tie.status <> 'possible'
RETURN a.id AS one, b.id AS other
"""
_TOGETHER = """
MATCH (a:Entity)-[:PARTY_TO]->(deal:Partnership)<-[:PARTY_TO]-(b:Entity)
WHERE a.id < b.id AND deal.status <> 'possible'
RETURN a.id AS one, b.id AS other
"""


def read_tied(store: Store) -> set[frozenset[str]]:
    """The pairs that any document ties in any way, also by what is denied, planned or over."""
    return {
        frozenset((str(row["one"]), str(row["other"])))
        for query in (_TIED, _TOGETHER)
        for row in store.stream(query)
    }


def read_network(store: Store, not_counted: list[str], year: str | None) -> nx.Graph[str]:
    """Nodes by id, with the NodeValue as "node"; edges with how many "ties" the two have.

    Planned, ended and unconfirmed ties are no working together. With ``year`` (or a month, as
    "2024-05"), only ties that a document of that time speaks of.
    """
    import networkx as nx

    network: nx.Graph[str] = nx.Graph()
    given = {"not_counted": not_counted, "year": year}
    for a, _, b in read_values(store, TIES, given)[1]:
        if not (isinstance(a, NodeValue) and isinstance(b, NodeValue)) or a.id == b.id:
            continue
        for node in (a, b):
            network.add_node(node.id, node=node)
        if network.has_edge(a.id, b.id):
            network.edges[a.id, b.id]["ties"] += 1
        else:
            network.add_edge(a.id, b.id, ties=1)
    return network


def read_homes(store: Store) -> dict[str, str]:
    """Entity id → the country that it is based in, places in their own; the surest tie counts."""
    places = store.read(
        "MATCH (p:Place) WHERE p.country IS NOT NULL RETURN p.id AS id, p.country AS c"
    )
    homes = {str(row["id"]): str(row["c"]) for row in places}
    homes.update({str(row["id"]): str(row["country"]) for row in store.read(_HOMES)})
    return homes
