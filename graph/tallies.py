"""Tallies: what documents call something, counted, so that one more or one less is soon told.

An entity's name and kind are those of most documents. Counting all its mentions again for each
new document would make a well-known name dearer with every load; tallies are added to and
taken from instead, and come out the same either way.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

Row = Mapping[str, Any]


@dataclass(slots=True)
class Tallies:
    """How many documents call something by which name and kind.

    ``kinds`` by (type, subtype), ``names`` by the name a document mostly uses, ``others`` by
    any name in it, ``counts`` by the size that is told of an unnamed group.
    """

    documents: int = 0
    mentions: int = 0
    kinds: Counter[tuple[str, str]] = field(default_factory=Counter)
    names: Counter[str] = field(default_factory=Counter)
    others: Counter[str] = field(default_factory=Counter)
    counts: Counter[int] = field(default_factory=Counter)

    @classmethod
    def of(cls, rows: Iterable[Row]) -> Tallies:
        """Those of mentions, each as the properties of MENTIONS or USES, one a document."""
        tallies = cls()
        for row in rows:
            tallies.add(row)
        return tallies

    def add(self, row: Row, documents: int = 1) -> None:
        """Count mentions that so many documents have alike; a negative number takes them off."""
        self.documents += documents
        self.mentions += row["mentions"] * documents
        self.kinds[row["type"], row["subtype"]] += documents
        self.names[row["name"]] += documents
        for name in row["names"]:
            self.others[name] += documents
        if row.get("count") is not None:
            self.counts[row["count"]] += documents

    def remove(self, row: Row) -> None:
        """Take the mentions of one document off."""
        self.add(row, -1)

    def to_text(self) -> str:
        """One line, equal for equal tallies."""
        kinds = Counter({f"{type_} {subtype}": n for (type_, subtype), n in self.kinds.items()})
        counters = (kinds, self.names, self.others, self.counts)
        told = [{str(key): n for key, n in counter.items() if n} for counter in counters]
        return json.dumps(
            [self.documents, self.mentions, *told],
            sort_keys=True,
            ensure_ascii=False,
            separators=(",", ":"),
        )

    @classmethod
    def from_text(cls, text: str) -> Tallies:
        """From the line of ``to_text``."""
        documents, mentions, kinds, names, others, counts = json.loads(text)
        return cls(
            documents,
            mentions,
            Counter({tuple(kind.split(" ", 1)): n for kind, n in kinds.items()}),
            Counter(names),
            Counter(others),
            Counter({int(count): n for count, n in counts.items()}),
        )
