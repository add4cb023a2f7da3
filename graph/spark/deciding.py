"""What runs in Spark's workers to tell who is who: graph/resolution over streams of rows."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from graph.digest import POSSIBLE
from graph.resolution.clusters import Pair, pair
from graph.resolution.neighbourhood import DIFFERENT, SAME, Surroundings
from graph.resolution.pool import Pool
from graph.resolution.references import Reference, derive_reference
from graph.resolution.resolve import decide
from graph.spark.texts import read_contribution, to_text
from graph.tallies import Tallies

Row = Mapping[str, Any]
Made = Iterator[tuple[Any, ...]]

_BATCH = 2000  # pairs whose names are compared at once
_LONG, _SHORT = ">", "<"  # initials, and acronyms, which are sought among each other

USE = "document string, reference string, properties string"


def tell_uses(rows: Iterator[Row]) -> Made:
    """Which references a document uses, and what it calls them."""
    for row in rows:
        for use in read_contribution(row["contribution"]).uses:
            yield row["document"], use.reference, to_text(use.properties)


STATED = "one string, other string"


def tell_stated(rows: Iterator[Row]) -> Made:
    """The references that a document ties to each other, each way."""
    for row in rows:
        for said in read_contribution(row["contribution"]).statements:
            if said.properties["status"] != POSSIBLE:
                yield said.head, said.tail
                yield said.tail, said.head


REFERENCE = (
    "reference string, documents long, told string, "
    "plain array<string>, initials array<string>, acronyms array<string>"
)
"""A reference with the blocks that it is in: those with others of the same key, and those of
initials and acronyms, which meet each other. Of these, one that there is none of is a null: Splink
unfolds both lists of a name at once, and of an empty one it makes no row."""


def derive_references(id_: str, rows: Iterator[Row]) -> Made:
    """A reference from all its uses."""
    reference = derive_reference(id_, Tallies.of(json.loads(row["properties"]) for row in rows))
    if reference is None:
        return
    plain: list[str] = []
    marked: dict[str, list[str]] = {_LONG: [], _SHORT: []}
    none = [None]
    start = f"{reference.type}:"
    for block in sorted(reference.blocks()):
        mark, rest = block.removeprefix(start)[:1], block[len(start) + 1 :]
        if block.startswith(start) and mark in marked:
            marked[mark].append(start + rest)
        else:
            plain.append(block)
    told = to_text(reference.properties())
    yield id_, reference.documents, told, plain, marked[_LONG] or none, marked[_SHORT] or none


LIKENESS = "one string, other string, alike double, stated int"


def compare_names(rows: Iterator[Row]) -> Made:
    """How alike the names of pairs of references are, and whether a document uses both for one."""
    while batch := list(islice(rows, _BATCH)):
        told = {row[name]: row[f"{name}_told"] for row in batch for name in ("one", "other")}
        pool = Pool(_reference(told[id_]) for id_ in sorted(told))
        links = sorted({pair(row["one"], row["other"]) for row in batch})
        alike = pool.alike(links)
        for link in links:
            yield *link, alike[link], int(pool.stated(link))


PIECE = "component string, sort string, one string, other string, value string"
"""What is known of a component, references that may be one: ``sort`` is "reference" (``value`` is
its text), "alike" (a probability), "tied", "together", "shared" (a neighbour), "same",
"different"."""

JOIN = (
    "reference string, entity string, by string, probability double, like string, "
    "reasons array<string>"
)


@dataclass(slots=True)
class Facts:
    """What documents say of the references of a component (graph.resolution.evidence.Testimony):
    pairs that are tied to each other; by (rarer, other), those that are named together, and the
    neighbours that both have."""

    stated: set[Pair] = field(default_factory=set)
    together: set[Pair] = field(default_factory=set)
    shared: dict[Pair, list[str]] = field(default_factory=lambda: defaultdict(list))

    def tied(self, pairs: Iterable[Pair]) -> set[Pair]:
        """As graph.resolution.witness.Witness."""
        return self.stated.intersection(pairs)

    def documents(self, references: Iterable[str]) -> Mapping[str, set[str]]:
        """None are needed: what they were to tell is known."""
        return {id_: set() for id_ in references}

    def named_together(self, pairs: Sequence[Pair], _: Mapping[str, set[str]]) -> set[Pair]:
        """As graph.resolution.witness.Witness."""
        return self.together.intersection(pairs)

    def shared_neighbours(
        self, pairs: Sequence[Pair], _: Mapping[str, set[str]]
    ) -> Mapping[Pair, Sequence[str]]:
        """As graph.resolution.witness.Witness."""
        return {link: sorted(self.shared[link]) for link in pairs if link in self.shared}


def decide_component(component: str, rows: Iterator[Row]) -> Made:
    """Which entity each reference of a component refers to, and why."""
    known: list[Reference] = []
    near = Surroundings(Pool(), members={component})
    facts = Facts()
    for row in rows:
        link = (row["one"], row["other"])
        near.members.update(filter(None, link))
        match row["sort"]:
            case "reference":
                known.append(_reference(row["value"]))
            case "alike":
                near.alike[link] = float(row["value"])
            case "tied":
                facts.stated.add(link)
            case "together":
                facts.together.add(link)
            case "shared":
                facts.shared[link].append(row["value"])
            case "same":
                near.same.add(link)
            case "different":
                near.different.add(link)
    for reference in sorted(known, key=lambda one: one.id):
        near.pool.put(reference)
    for id_, join in sorted(decide(near, facts).items()):
        yield id_, join.entity, join.by, join.probability, join.like, list(join.reasons)


def judged_pairs(judgements: Iterable[tuple[str, str, str]]) -> Made:
    """Judgements (verdict, a, b: ids of references) as rows of STATED's columns and ``sort``."""
    for verdict, a, b in judgements:
        if verdict in (SAME, DIFFERENT):
            yield *pair(a, b), verdict


def _reference(text: str) -> Reference:
    return Reference.stored(json.loads(text))
