"""Judgements: what people say of two names, kept with the graph and applied on every build.

A judgement is of two references (a type and a name each), so it holds for documents that come
later, and for names that no document speaks of yet. Judgements never contradict each other:
one that would is refused, with the chain of judgements that it contradicts.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from extract.errors import QueryError
from extract.records import content_id
from graph import cypher as graph_cypher
from graph.change import apply
from graph.ids import entity_id
from graph.resolution import cypher
from graph.resolution.asking import tell
from graph.resolution.neighbourhood import DIFFERENT, SAME
from graph.schema import ensure_schema

if TYPE_CHECKING:
    from neo4j import ManagedTransaction

    from graph.store import Store

VERDICTS = (SAME, DIFFERENT)


@dataclass(frozen=True, slots=True)
class Judged:
    """A name that is judged: its type (ORG, PER, LOC, PRODUCT) and how it is written."""

    type: str
    name: str

    @property
    def reference(self) -> str:
        """The id of its reference."""
        return entity_id(self.type, self.name)


@dataclass(frozen=True, slots=True)
class Judgement:
    """That two names are of one ("same") or of two ("different"); by whom, why, from where,
    when (ISO, UTC). Judgements of one ``action`` are undone together."""

    verdict: str
    a: Judged
    b: Judged
    by: str = ""
    reason: str = ""
    source: str = ""
    time: str = ""
    action: str = ""

    @property
    def id(self) -> str:
        """One for two names: what is judged once can't be judged otherwise beside it."""
        return content_id("jud", *sorted((self.a.reference, self.b.reference)))

    def to_dict(self) -> dict[str, Any]:
        """The judgement as a line of an exported file."""
        return asdict(self)

    def __str__(self) -> str:
        sign = "=" if self.verdict == SAME else "≠"
        by = f" ({self.by}, {self.time[:10]})" if self.by else ""
        return f"{self.a.name} {sign} {self.b.name}{by}"


def now() -> str:
    """This moment, as judgements give it."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def judge(store: Store, judgements: Sequence[Judgement]) -> list[Judgement]:
    """Keep judgements, and put the graph right by them, in one transaction.

    Returns those that are new; what was judged the same way before is left as it was.
    Raises QueryError, and keeps none, where one contradicts others (the message tells which)
    or says that a name is different from itself.
    """
    ensure_schema(store)

    def work(tx: ManagedTransaction) -> list[Judgement]:
        tx.run(graph_cypher.LOCK).consume()
        known = _read(tx)
        fresh = list(_fresh(judgements, known))
        _check([*known.values(), *fresh], fresh)
        tell(tx, cypher.CREATE_JUDGEMENTS, "rows", [judgement_properties(item) for item in fresh])
        if fresh:
            apply(tx, (), (), _references(fresh))
        return fresh

    return store.transact(work)


def check_judgements(judgements: Iterable[Judgement]) -> list[Judgement]:
    """Those that say something, by id, each once. Raises QueryError as `judge` does."""
    fresh = list(_fresh(judgements, {}))
    _check(fresh, fresh)
    return sorted(fresh, key=lambda item: item.id)


def list_judgements(store: Store) -> list[Judgement]:
    """All judgements, the oldest first."""
    return store.consult(lambda tx: _by_time(_read(tx).values()))


def undo(store: Store, action: str = "") -> list[Judgement]:
    """Take the judgements of an action back (the latest, unless one is named): the graph is
    as if they had never been. Returns them. Raises QueryError where there is none."""

    def work(tx: ManagedTransaction) -> list[Judgement]:
        tx.run(graph_cypher.LOCK).consume()
        known = _by_time(_read(tx).values())
        chosen = action or (known[-1].action if known else "")
        taken = [item for item in known if chosen and item.action == chosen]
        if not taken:
            what = f"no action {action!r}" if action else "no judgement to undo"
            raise QueryError(f"{what}; `partnergraph judgements list` shows what there is")
        tell(tx, cypher.DELETE_JUDGEMENTS, "ids", sorted(item.id for item in taken))
        apply(tx, (), (), _references(taken))
        return taken

    ensure_schema(store)
    return store.transact(work)


def _fresh(judgements: Iterable[Judgement], known: Mapping[str, Judgement]) -> Iterator[Judgement]:
    seen = dict(known)
    for item in judgements:
        if item.verdict not in VERDICTS:
            raise QueryError(f"a verdict is same or different, not {item.verdict!r}")
        if item.a.reference == item.b.reference:
            if item.verdict == SAME:
                continue
            raise QueryError(
                f"{item.a.name} and {item.b.name} are one name to partnergraph (they differ in "
                "case, accents or legal form only): it can't tell two that share it apart"
            )
        former = seen.get(item.id)
        if former is None or former.verdict != item.verdict:
            seen[item.id] = item
            yield item


def _check(all_: Iterable[Judgement], fresh: Iterable[Judgement]) -> None:
    """Raise QueryError where judgements contradict each other, with the chain that tells so."""
    beside: dict[str, list[tuple[str, Judgement]]] = defaultdict(list)
    different: list[Judgement] = []
    for item in _by_time(all_):
        a, b = item.a.reference, item.b.reference
        if item.verdict == SAME:
            beside[a].append((b, item))
            beside[b].append((a, item))
        else:
            different.append(item)
    new = set(fresh)
    for item in different:
        chain = _chain(beside, item.a.reference, item.b.reference)
        if chain:
            told = next((one for one in (item, *reversed(chain)) if one in new), item)
            others = "; ".join(str(one) for one in (*chain, item) if one != told)
            raise QueryError(
                f"{_bare(told)} contradicts what is judged: {others}. Take one of these back "
                "first (`partnergraph judgements list`, `partnergraph judgements undo`)"
            )


def _chain(
    beside: Mapping[str, list[tuple[str, Judgement]]], start: str, end: str
) -> list[Judgement]:
    """The shortest chain of "same" from one reference to another; empty where there is none."""
    came: dict[str, tuple[str, Judgement]] = {}
    waiting = deque([start])
    while waiting:
        here = waiting.popleft()
        if here == end:
            chain = []
            while here != start:
                here, item = came[here]
                chain.append(item)
            return chain[::-1]
        for there, item in beside.get(here, ()):
            if there not in came and there != start:
                came[there] = (here, item)
                waiting.append(there)
    return []


def _bare(item: Judgement) -> str:
    return f"{item.a.name} {'=' if item.verdict == SAME else '≠'} {item.b.name}"


def _read(tx: ManagedTransaction) -> dict[str, Judgement]:
    found = (_stored(row["properties"]) for row in tx.run(cypher.JUDGEMENTS).data())
    return {item.id: item for item in found}


def judgement_properties(item: Judgement) -> dict[str, str]:
    """Those of its node."""
    return {
        "id": item.id,
        "verdict": item.verdict,
        "a": item.a.reference,
        "a_type": item.a.type,
        "a_name": item.a.name,
        "b": item.b.reference,
        "b_type": item.b.type,
        "b_name": item.b.name,
        "by": item.by,
        "reason": item.reason,
        "source": item.source,
        "time": item.time,
        "action": item.action,
    }


def _stored(row: Mapping[str, str]) -> Judgement:
    return Judgement(
        verdict=row["verdict"],
        a=Judged(row["a_type"], row["a_name"]),
        b=Judged(row["b_type"], row["b_name"]),
        **{name: row[name] for name in ("by", "reason", "source", "time", "action")},
    )


def _by_time(judgements: Iterable[Judgement]) -> list[Judgement]:
    return sorted(judgements, key=lambda item: (item.time, item.id))


def _references(judgements: Iterable[Judgement]) -> list[str]:
    return sorted({side.reference for item in judgements for side in (item.a, item.b)})
