"""Ids in the graph, made of content: the same input gives the same graph in any order."""

from __future__ import annotations

from collections.abc import Iterable

from extract.ontology import ontology
from extract.records import content_id
from graph.names import name_key


def entity_id(type: str, name: str) -> str:
    """The id of a named entity: one for every spelling of the name, another for another type."""
    return content_id("ent", type, name_key(type, name))


def group_id(document: str, name: str, start: int) -> str:
    """The id of an unnamed group: "38 companies" of another text, or place, are others."""
    return content_id("ent", "group", document, name_key("ORG", name), str(start))


def statement_id(document: str, type: str, head: str, tail: str, start: int | None) -> str:
    """The id of a statement: the passage and what it claims, whichever rule found it."""
    sides = sorted((head, tail)) if _is_symmetric(type) else [head, tail]
    return content_id("sta", document, type, *sides, "" if start is None else str(start))


def pair_id(one: str, other: str) -> str:
    """The key of what is said between two references, in either direction."""
    return content_id("pair", *sorted((one, other)))


def tie_id(type: str, head: str, tail: str) -> str:
    """The id of the derived tie between two entities (graph ids; order-free if symmetric)."""
    return content_id("tie", type, *tie_ends(type, head, tail))


def tie_ends(type: str, head: str, tail: str) -> tuple[str, str]:
    """Where the derived tie starts and ends: a symmetric one from the smaller id."""
    return (tail, head) if _is_symmetric(type) and tail < head else (head, tail)


def partnership_id(type: str, parties: Iterable[tuple[str, str]], sites: Iterable[str]) -> str:
    """The id of a deal: its type, its (role, entity id) parties and, for a facility, its place."""
    return content_id(
        "par", type, *(f"{role}={party}" for role, party in sorted(parties)), "@", *sorted(sites)
    )


def _is_symmetric(type: str) -> bool:
    return ontology().relations[type].symmetric
