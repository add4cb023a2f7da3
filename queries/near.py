"""Names close to one that was not found: for "did you mean"."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from graph.store import Store

_MOST_READ = 20_000
"""So many names are compared at most, twice; reading more would keep a person waiting."""

_NEAR_ENOUGH = 72.0
"""Of 100: "Folkswagen", and "BMW Group" for "BMW", are in; "Skellefteå" for "Shell" is out."""

_NAMES = """
MATCH (n:Name) WHERE n.key STARTS WITH $start RETURN n.key AS key ORDER BY key LIMIT $most
"""
_ENTITIES = """
UNWIND $keys AS key
MATCH (:Name {key: key})<-[:NAMED]-(e:Entity)
RETURN key, e.name AS name ORDER BY key, name
"""


def near_words(word: str, words: Iterable[str], most: int = 5) -> tuple[str, ...]:
    """The words most like ``word``, best first."""
    from rapidfuzz import fuzz, process

    def closeness(one: str, other: str, **_: object) -> float:
        # The same letters, or all the words of one: parts of words alone are noise.
        return max(fuzz.ratio(one, other), 0.95 * fuzz.token_set_ratio(one, other))

    found = process.extract(
        word, sorted(words), scorer=closeness, limit=most, score_cutoff=_NEAR_ENOUGH
    )
    return tuple(match for match, _, _ in found)


def near_names(store: Store, name: str, most: int = 5) -> tuple[str, ...]:
    """Names of entities in the graph that are like ``name`` but are not it, best first."""
    key = name.lower()
    # Those of the same first letter first: in a large graph, the rest is cut off.
    keys = {
        str(row["key"])
        for start in (key[:1], "")
        for row in store.read(_NAMES, {"start": start, "most": _MOST_READ})
    }
    near = near_words(key, keys - {key}, most)
    named: dict[str, list[str]] = {}
    for row in store.read(_ENTITIES, {"keys": list(near)}) if near else ():
        named.setdefault(row["key"], []).append(row["name"])
    best = (entity for k in near for entity in named.get(k, ()) if entity.lower() != key)
    return tuple(dict.fromkeys(best))[:most]
