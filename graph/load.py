"""Load readings into the graph: in batches, each all or nothing, as often as you like."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from extract.records import Document, Reading
from graph import cypher
from graph.ahead import ahead
from graph.change import apply
from graph.contribution import Contribution, contribution, fingerprint
from graph.ledger import Ledger
from graph.placement import Placed
from graph.resolution.asking import ask
from graph.schema import ensure_schema
from graph.store import Store, TransactionTooLargeError

if TYPE_CHECKING:
    from neo4j import ManagedTransaction

NEW, UNCHANGED, REPLACED = "new", "unchanged", "replaced"
_ENTITIES, _DEALS = "entities", "partnerships"


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


@dataclass(frozen=True, slots=True)
class _Batch:
    """Readings that are loaded in one transaction: all that came, of them one a document, with
    its fingerprint, and the contributions of those that are not in the graph yet."""

    came: list[Reading]
    chosen: list[Reading]
    prints: Mapping[str, str]
    made: dict[str, Contribution]


def load(
    store: Store,
    readings: Iterable[Reading],
    *,
    batch_size: int | None = None,
    batch_seconds: float = 5.0,
    on_document: Callable[[Document, str], None] | None = None,
) -> LoadReport:
    """Put readings into the graph; a document that is there with the same content is left.

    A document with another reading replaces the former one. Of several readings of one
    document in the same load, the earliest dated is taken (then by source), so the order
    does not matter. Documents are written ``batch_size`` at once (without one, as many as suit
    the engine), or as many as came within ``batch_seconds``, in one transaction;
    ``on_document`` is called with each document and "new", "unchanged" or "replaced" when that
    is safe on disk. The next batch is read and prepared meanwhile, in a thread; one that a
    server finds too large is halved.
    Raises StoreError; batches before it stay, the one it happened in leaves nothing.
    """
    ensure_schema(store)
    report = LoadReport()
    size = store.engine.documents_at_once if batch_size is None else batch_size
    with closing(Ledger()) as ledger:
        for batch in ahead(_prepared(store, readings, size, batch_seconds)):
            states, written = _load_batch(store, batch)
            for item in written:
                ledger.meet(_ENTITIES, (mention.entity for mention in item.mentions))
                ledger.meet(_DEALS, (deal.id for deal in item.deals))
            report = _counted(report, batch.came, states, written)
            for reading in batch.came:
                if on_document is not None:
                    on_document(reading.document, states.get(id(reading), UNCHANGED))
        return replace(report, entities=ledger.count(_ENTITIES), partnerships=ledger.count(_DEALS))


def _prepared(
    store: Store, readings: Iterable[Reading], size: int, seconds: float
) -> Iterator[_Batch]:
    with closing(Ledger()) as ledger:
        for came in _batches(readings, size, seconds):
            chosen, prints = _chosen(came, ledger)
            there = store.consult(partial(_fingerprints, ids=sorted(prints)))
            made = {
                reading.document.id: contribution(reading, prints[reading.document.id])
                for reading in chosen
                if there.get(reading.document.id) != prints[reading.document.id]
            }
            yield _Batch(came, chosen, prints, made)


def _fingerprints(tx: ManagedTransaction, ids: list[str]) -> dict[str, str]:
    rows = ask(tx, cypher.FINGERPRINTS, ids)
    return {str(row["id"]): str(row["fingerprint"]) for row in rows}


def _load_batch(store: Store, batch: _Batch) -> tuple[dict[int, str], list[Placed]]:
    """Load a batch in one transaction, or in two halves where the server finds it too large.

    Returns the state of each reading (by its identity) and what was written.
    """

    def work(tx: ManagedTransaction) -> tuple[dict[int, str], list[Placed]]:
        # Asked once more: another writer may have come in between.
        there = _fingerprints(tx, sorted(batch.prints))
        states: dict[int, str] = {}
        for reading in batch.chosen:
            id_ = reading.document.id
            same = there.get(id_) == batch.prints[id_]
            states[id(reading)] = UNCHANGED if same else REPLACED if id_ in there else NEW
        changed = [reading for reading in batch.chosen if states[id(reading)] != UNCHANGED]
        for reading in changed:
            if (id_ := reading.document.id) not in batch.made:
                batch.made[id_] = contribution(reading, batch.prints[id_])
        if not changed:
            return states, []
        ids = [reading.document.id for reading in changed]
        return states, apply(
            tx, [id_ for id_ in ids if id_ in there], [batch.made[id_] for id_ in ids]
        )

    try:
        return store.transact(work)
    except TransactionTooLargeError:
        if len(batch.chosen) < 2:
            raise
    middle = len(batch.chosen) // 2
    parts = (batch.chosen[:middle], batch.chosen[middle:])
    done = [_load_batch(store, replace(batch, chosen=part)) for part in parts]
    return done[0][0] | done[1][0], done[0][1] + done[1][1]


def _batches(readings: Iterable[Reading], size: int, seconds: float) -> Iterator[list[Reading]]:
    if size < 1:
        raise ValueError("batch_size must be 1 or more")
    batch: list[Reading] = []
    started = time.monotonic()
    for reading in readings:
        batch.append(reading)
        if len(batch) >= size or time.monotonic() - started >= seconds:
            yield batch
            batch, started = [], time.monotonic()
    if batch:
        yield batch


def _chosen(batch: list[Reading], ledger: Ledger) -> tuple[list[Reading], dict[str, str]]:
    """One reading a document, sorted by id: the least of this load, whatever came first. Beside
    them their fingerprints, by document."""
    chosen: dict[str, Reading] = {}
    prints: dict[str, str] = {}
    for reading in batch:
        document = reading.document
        print_ = fingerprint(reading)
        if ledger.is_least(document.id, (document.date or "9999", document.source, print_)):
            chosen[document.id], prints[document.id] = reading, print_
    return [chosen[id_] for id_ in sorted(chosen)], prints


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
