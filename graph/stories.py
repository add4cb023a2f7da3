"""Stories: near-copies of one text, which agencies and their customers print again and again.

What near-copies (graph/sketch.py) connect is one story. It has the id of its first document by
id, so it is the same whatever was loaded first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from typing import TYPE_CHECKING, Any

from graph import cypher
from graph.resolution.asking import ask, tell
from graph.sketch import ALIKE, BANDS, Sketch

if TYPE_CHECKING:
    from neo4j import ManagedTransaction

    from graph.contribution import Contribution


class Stories:
    """The stories that a change touches: ``of`` is the story of each document that it adds, and
    of those there whose story changes (``moved``)."""

    def __init__(self, tx: ManagedTransaction) -> None:
        self.tx = tx
        self.of: dict[str, str] = {}
        self.moved: set[str] = set()
        self._before: dict[str, str] = {}  # document -> story, of all that may change
        self._sketches: dict[str, Sketch] = {}
        self._gone: set[str] = set()
        self._torn: set[str] = set()  # stories that lost a document

    def take_out(self, documents: Sequence[str]) -> None:
        """Note which stories documents leave behind, and take their sketches out."""
        self._gone = set(documents)
        self._torn = {str(row["story"]) for row in ask(self.tx, cypher.STORIES_OF, documents)}
        self._read_members(self._torn)
        tell(self.tx, cypher.DELETE_SKETCHES, "ids", documents)

    def settle(self, add: Sequence[Contribution]) -> None:
        """Find the stories of documents to be added, and put their sketches in."""
        fresh = {str(item.document["id"]): item.sketch for item in add if item.sketch}
        sketches = {id_: Sketch.from_text(text) for id_, text in fresh.items()}
        near = self._near(sketches)
        self._read_members({self._before[id_] for id_ in near if id_ in self._before})
        self._sketches |= sketches
        near_pairs = {
            (one, other)
            for one, other in {pair for found in near.values() for pair in found}
            if self._sketches[one].likeness(self._sketches[other]) >= ALIKE
        }
        for story in connect(self._sketches, near_pairs | self._kept_pairs()):
            for id_ in story:
                self.of[id_] = min(story)
        self.moved = {id_ for id_, story in self._before.items() if self.of.get(id_, id_) != story}
        rows = [sketch_row(id_, sketches[id_]) for id_ in sorted(sketches)]
        tell(self.tx, cypher.CREATE_SKETCHES, "rows", rows)

    def write(self, documents: Iterable[str]) -> None:
        """Write the stories that moved, and link near-copies; the documents are written."""
        rows = [{"id": id_, "story": self.of[id_]} for id_ in sorted(self.moved)]
        tell(self.tx, cypher.UNLINK_STORIES, "ids", sorted(self.moved))
        tell(self.tx, cypher.SET_STORIES, "rows", rows)
        written = sorted({*documents, *self.moved})
        stories = {str(row["story"]) for row in ask(self.tx, cypher.STORIES_OF, written)}
        tell(self.tx, cypher.LINK_STORIES, "ids", sorted(stories))

    def _kept_pairs(self) -> set[tuple[str, str]]:
        """What connects the documents of former stories; where one was taken out, each pair is
        looked at again."""
        groups: dict[str, list[str]] = defaultdict(list)
        for id_, story in sorted(self._before.items()):
            groups[story].append(id_)
        found: set[tuple[str, str]] = set()
        for story, members in groups.items():
            if story not in self._torn:
                found |= {(members[0], other) for other in members[1:]}
                continue
            for one, other in combinations(members, 2):
                if self._sketches[one].is_near(self._sketches[other]):
                    found.add((one, other))
        return found

    def _near(self, sketches: Mapping[str, Sketch]) -> dict[str, set[tuple[str, str]]]:
        """Pairs of a new document and any that shares a band with it, by the other's id."""
        holders: dict[tuple[int, str], set[str]] = defaultdict(set)
        for id_, sketch in sketches.items():
            for position, band in enumerate(sketch.bands()):
                holders[position, band].add(id_)
        found: dict[str, set[tuple[str, str]]] = defaultdict(set)
        for position in range(BANDS):
            keys = sorted(band for place, band in holders if place == position)
            for row in ask(self.tx, cypher.sketches_of_band(position), keys):
                self._know(row)
                for id_ in holders[position, row["band"]]:
                    found[row["id"]].add((min(id_, row["id"]), max(id_, row["id"])))
        for together in holders.values():
            for pair in combinations(sorted(together), 2):
                found[pair[0]].add(pair)
        return found

    def _read_members(self, stories: Iterable[str]) -> None:
        for row in ask(self.tx, cypher.SKETCHES_OF_STORIES, sorted(stories)):
            self._know(row)

    def _know(self, row: Mapping[str, Any]) -> None:
        if row["id"] not in self._gone:
            self._before[row["id"]] = row["story"]
            self._sketches[row["id"]] = Sketch.from_text(row["sketch"])


def find_stories(sketches: Mapping[str, Sketch]) -> dict[str, str]:
    """The story of each document, where these are all that there are."""
    holders: dict[tuple[int, str], list[str]] = defaultdict(list)
    for id_ in sorted(sketches):
        for position, band in enumerate(sketches[id_].bands()):
            holders[position, band].append(id_)
    shared = {pair for found in holders.values() for pair in combinations(found, 2)}
    near = {pair for pair in shared if sketches[pair[0]].likeness(sketches[pair[1]]) >= ALIKE}
    return {id_: min(story) for story in connect(sketches, near) for id_ in story}


def sketch_row(id_: str, sketch: Sketch) -> dict[str, str]:
    """The properties of a sketch's node."""
    bands = {f"band_{position}": band for position, band in enumerate(sketch.bands())}
    return {"id": id_, "sketch": sketch.to_text(), **bands}


def connect(members: Iterable[str], pairs: Iterable[tuple[str, str]]) -> list[set[str]]:
    """What pairs connect."""
    group = {id_: {id_} for id_ in members}
    for one, other in sorted(pairs):
        first, second = group[one], group[other]
        if first is not second:
            first |= second
            for member in second:
                group[member] = first
    return list({id(members): members for members in group.values()}.values())
