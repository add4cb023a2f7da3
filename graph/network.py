"""The graph as a networkx graph, for analysis in notebooks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.derive import UNCONFIRMED
from graph.resolution.asking import own_properties

if TYPE_CHECKING:
    import networkx as nx

    from graph.store import Store

_NODES = "MATCH (e:Entity) RETURN e.id AS id, properties(e) AS properties ORDER BY id"
_TIES = """
MATCH (a:Entity)-[r]->(b:Entity)
WHERE r.status <> 'possible'
RETURN a.id AS head, b.id AS tail, type(r) AS type, properties(r) AS properties
ORDER BY head, tail, type, properties.id
"""


def to_networkx(store: Store, *, unconfirmed: bool = False) -> nx.MultiDiGraph[str]:
    """Entities as nodes (by id, with their properties) and ties as edges.

    An edge's key is its type, or its id where it is unconfirmed.
    Denied, rumoured and disputed ties are left out unless ``unconfirmed``; possible ones always
    (docs/graph-model.md says how to list them). A symmetric tie is one edge: use
    ``.to_undirected()`` where direction means nothing.
    """
    import networkx as nx

    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for record in store.read(_NODES):
        network.add_node(record["id"], **own_properties(record["properties"]))
    for record in store.read(_TIES):
        if record["type"] == UNCONFIRMED and not unconfirmed:
            continue
        properties = {"type": record["type"], **own_properties(record["properties"])}
        # Several unconfirmed ties may link one pair: their own id tells them apart.
        key = properties["id"] if record["type"] == UNCONFIRMED else record["type"]
        network.add_edge(record["head"], record["tail"], key=key, **properties)
    return network
