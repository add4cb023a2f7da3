"""Load readings into the graph: in batches, each all or nothing, as often as you like."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING

from extract.records import Document, Reading
from graph import cypher
from graph.change import apply
from graph.contribution import Contribution, contribution, fingerprint
from graph.placement import Placed
from graph.schema import ensure_schema

if TYPE_CHECKING:
    from neo4j import ManagedTransaction

    from graph.store import Store

NEW, UNCHANGED, REPLACED = "new", "unchanged", "replaced"
_Rank = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What a load did. ``entities``, ``statements`` and ``partnerships`` count what the
    written documents hold; ``left_out`` what the ontology has no place for."""

    new: int = 0
    unchanged: int = 0
    replaced: int = 0
    entities: int = 0
    statements: int = 0
    partnerships: int = 0
    left_out: int = 0


def load(
    store: Store,
    readings: Iterable[Reading],
    *,
    batch_size: int = 100,
    on_document: Callable[[Document, str], None] | None = None,
) -> LoadReport:
    """Put readings into the graph; a document that is there with the same content is left.

    A document with another reading replaces the former one. Of several readings of one
    document in the same load, the earliest dated is taken (then by source), so the order
    does not matter. ``on_document`` is called with each document and "new", "unchanged" or
    "replaced", after its batch of ``batch_size`` documents is safe on disk.
    Raises StoreError; batches before it stay, the one it happened in leaves nothing.
    """
    ensure_schema(store)
    seen: dict[str, _Rank] = {}
    found: dict[str, set[str]] = {"entities": set(), "partnerships": set()}
    report = LoadReport()
    for batch in _batches(readings, batch_size):
        chosen = _chosen(batch, seen)
        prints = {reading.document.id: seen[reading.document.id][-1] for reading in chosen}
        states, written = _load_batch(store, chosen, prints)
        for item in written:
            found["entities"].update(mention.entity for mention in item.mentions)
            found["partnerships"].update(deal.id for deal in item.deals)
        report = _counted(report, batch, states, written)
        for reading in batch:
            if on_document is not None:
                on_document(reading.document, states.get(id(reading), UNCHANGED))
    return replace(report, entities=len(found["entities"]), partnerships=len(found["partnerships"]))


def _load_batch(
    store: Store, readings: list[Reading], prints: Mapping[str, str]
) -> tuple[dict[int, str], list[Placed]]:
    """Load a batch in one transaction; ``prints`` are the fingerprints by document id.

    Returns the state of each reading (by its identity) and what was written.
    """
    made: dict[str, Contribution] = {}

    def work(tx: ManagedTransaction) -> tuple[dict[int, str], list[Placed]]:
        there = {
            str(record["id"]): record["fingerprint"]
            for record in tx.run(cypher.FINGERPRINTS, ids=sorted(prints))
        }
        states: dict[int, str] = {}
        for reading in readings:
            id_ = reading.document.id
            same = there.get(id_) == prints[id_]
            states[id(reading)] = UNCHANGED if same else REPLACED if id_ in there else NEW
        changed = [reading for reading in readings if states[id(reading)] != UNCHANGED]
        for reading in changed:
            if reading.document.id not in made:  # work may run again after a conflict
                id_ = reading.document.id
                made[id_] = contribution(reading, prints[id_])
        if not changed:
            return states, []
        ids = [reading.document.id for reading in changed]
        return states, apply(tx, [id_ for id_ in ids if id_ in there], [made[id_] for id_ in ids])

    return store.transact(work)


def _batches(readings: Iterable[Reading], size: int) -> Iterator[list[Reading]]:
    if size < 1:
        raise ValueError("batch_size must be 1 or more")
    stream = iter(readings)
    while batch := list(islice(stream, size)):
        yield batch


def _chosen(batch: list[Reading], seen: dict[str, _Rank]) -> list[Reading]:
    """One reading a document, sorted by id: the least of this load, whatever came first."""
    chosen: dict[str, Reading] = {}
    for reading in batch:
        document = reading.document
        rank = (document.date or "9999", document.source, fingerprint(reading))
        if document.id not in seen or rank < seen[document.id]:
            seen[document.id] = rank
            chosen[document.id] = reading
    return [chosen[id_] for id_ in sorted(chosen)]


def _counted(
    report: LoadReport,
    batch: list[Reading],
    states: dict[int, str],
    written: list[Placed],
) -> LoadReport:
    told = [states.get(id(reading), UNCHANGED) for reading in batch]
    return replace(
        report,
        new=report.new + told.count(NEW),
        replaced=report.replaced + told.count(REPLACED),
        unchanged=report.unchanged + told.count(UNCHANGED),
        statements=report.statements + sum(len(item.statements) for item in written),
        left_out=report.left_out + sum(item.contribution.left_out for item in written),
    )
