"""From version 3 to 4: each place has its country, where the gazetteer knows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.names.gazetteer import country_of

if TYPE_CHECKING:
    from graph.store import Store

_BATCH = 1000  # places a transaction
_PLACES = """
MATCH (p:Place) WHERE p.id > $after
RETURN p.id AS id, p.name AS name, p.kind AS kind ORDER BY id LIMIT $batch
"""
_TELL = "UNWIND $rows AS row MATCH (p:Entity {id: row.id}) SET p.country = row.country"


def migrate(store: Store) -> None:
    """Give each place its country. Raises StoreError."""
    after = ""
    while places := store.read(_PLACES, {"after": after, "batch": _BATCH}):
        after = places[-1]["id"]
        rows = [
            {"id": place["id"], "country": country}
            for place in places
            if (country := country_of(place["name"], place["kind"]))
        ]
        store.write(_TELL, {"rows": rows})
