"""Take documents out of the graph, as if they had never been there."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from graph import cypher
from graph.change import apply
from graph.schema import ensure_schema

if TYPE_CHECKING:
    from neo4j import ManagedTransaction

    from graph.store import Store


def forget(store: Store, document_ids: Iterable[str]) -> int:
    """Withdraw documents and all that only they say, in one transaction.

    Returns how many there were; unknown ids are passed over. What other documents say stays,
    as it would be had these never been loaded. Raises StoreError.
    """
    ensure_schema(store)
    ids = sorted(set(document_ids))

    def work(tx: ManagedTransaction) -> int:
        there = [str(record["id"]) for record in tx.run(cypher.FINGERPRINTS, ids=ids)]
        if there:
            apply(tx, there, ())
        return len(there)

    return store.transact(work)
