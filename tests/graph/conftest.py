"""Readings made by hand: texts are invented, one line each."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import pytest

from extract.records import Document, Entity, Mention, Reading, Span, Statement, document_id
from graph.resolution.resolve import Join
from graph.store import Store

KINDS = {
    "Hefei": ("LOC", "city"),
    "Rugao": ("LOC", "city"),
    "China": ("LOC", "country"),
    "Britain": ("LOC", "country"),
    "UK": ("LOC", "country"),
    "Jane Roe": ("PER", "person"),
    "38 firms": ("ORG", "group"),
}
Tie = tuple[str, str, str] | tuple[str, str, str, dict[str, Any]]


def make_reading(
    text: str,
    ties: Iterable[Tie] = (),
    *,
    date: str = "",
    kinds: dict[str, tuple[str, str]] | None = None,
    names: Iterable[str] = (),
    source: str = "",
) -> Reading:
    """A reading of ``text`` with ties (head, type, tail, options). Options that Statement has
    (modality, polarity, confidence, rule) go there, the others into attrs."""
    ties = list(ties)
    spoken = dict.fromkeys([*(n for t in ties for n in (t[0], t[2])), *names])
    entities = tuple(
        _entity(position, name, text, {**KINDS, **(kinds or {})}.get(name, ("ORG", "firm")))
        for position, name in enumerate(spoken)
    )
    ids = {entity.name: entity.id for entity in entities}
    statements = tuple(_statement(tie, ids, text) for tie in ties)
    document = Document(document_id(text), text, text[:20], date, source or text[:10])
    return Reading(document, entities, statements)


def _entity(position: int, name: str, text: str, kind: tuple[str, str]) -> Entity:
    start = max(text.find(name), 0)
    return Entity(
        id=f"e{position}",
        type=kind[0],
        subtype=kind[1],
        name=name,
        mentions=(Mention(start, start + len(name), name),),
        count=38 if kind[1] == "group" else None,
    )


def _statement(tie: Tie, ids: dict[str, str], text: str) -> Statement:
    head, type_, tail = tie[:3]
    options = dict(tie[3]) if len(tie) == 4 else {}
    own = {
        name: options.pop(name)
        for name in ("modality", "polarity", "confidence", "rule", "evidence")
        if name in options
    }
    if site := options.get("site"):
        options["site"] = ids[site]
    own.setdefault("evidence", (Span(0, len(text), text),))
    own.setdefault("confidence", 0.8)
    return Statement(type_, ids[head], ids[tail], attrs=options, **own)


@pytest.fixture(name="reading", scope="session")
def reading_maker() -> Callable[..., Reading]:
    """``make_reading``, for tests that need a document or two."""
    return make_reading


@pytest.fixture(scope="session")
def corpus() -> tuple[Reading, ...]:
    """Ten documents in which every rule of derivation has something to do."""
    alpha_kind = {"Alpha": ("ORG", "university")}
    return (
        make_reading(
            "Volkswagen runs an R&D centre in Hefei.",
            [("Volkswagen", "FACILITY_IN", "Hefei", {"kind": "rnd_centre", "people": "700"})],
            date="2025-11-03",
        ),
        make_reading(
            "VW and Alpha form a venture with Beta in Rugao for EUR 2bn.",
            [
                ("VW", "JOINT_VENTURE_WITH", "Alpha", _venture()),
                ("VW", "JOINT_VENTURE_WITH", "Beta", _venture()),
                ("Alpha", "JOINT_VENTURE_WITH", "Beta", _venture()),
            ],
            date="2025-01-02",
            names=["Rugao"],
        ),
        make_reading(
            "Alpha, the university, denies that it bought Gamma.",
            [("Alpha", "ACQUIRED", "Gamma", {"polarity": "denied"})],
            kinds=alpha_kind,
        ),
        make_reading(
            "Delta bought Gamma.",
            [("Delta", "ACQUIRED", "Gamma", {"modality": "announced"})],
            date="2024-05",
        ),
        make_reading(
            "Delta denies having bought Gamma.",
            [("Delta", "ACQUIRED", "Gamma", {"polarity": "denied"})],
            date="2024-06-01",
        ),
        make_reading(
            "Volkswagen works with 38 firms.",
            [("Volkswagen", "PARTNERS_WITH", "38 firms", {"since": "2018", "count": "38"})],
            date="2025-11-03",
        ),
        make_reading(
            "Stellar also works with 38 firms.", [("Stellar", "PARTNERS_WITH", "38 firms")]
        ),
        make_reading(
            "The UK and China agreed to co-operate.",
            [("UK", "PARTNERS_WITH", "China", {"kind": "government", "modality": "announced"})],
            date="2024",
        ),
        make_reading(
            "Britain is China's partner. Jane Roe works for Alpha.",
            [
                ("China", "PARTNERS_WITH", "Britain", {"confidence": 0.5}),
                ("Jane Roe", "EMPLOYED_BY", "Alpha", {"role": "dean"}),
            ],
            kinds=alpha_kind,
        ),
        make_reading("Nothing is stated here of Volkswagen AG.", names=["Volkswagen AG"]),
    )


def _venture() -> dict[str, Any]:
    return {"deal": "d1", "site": "Rugao", "amount": "EUR 2bn", "modality": "announced"}


@pytest.fixture(scope="session")
def joins_in() -> Callable[[Store], dict[str, Join]]:
    """Whom each reference of a graph refers to, and why."""

    def read(store: Store) -> dict[str, Join]:
        rows = store.read(
            "MATCH (r:Reference)-[t:REFERS_TO]->(e:Entity) "
            "RETURN r.id AS id, e.id AS entity, t.by AS by, t.probability AS probability, "
            "t.like AS like, t.reasons AS reasons"
        )
        return {
            row["id"]: Join(
                row["entity"],
                row["by"],
                row["probability"],
                row["like"] or "",
                tuple(row["reasons"] or ()),
            )
            for row in rows
        }

    return read
