"""References: the names that documents use, each with the blocks in which its like is sought."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from extract.ontology import ontology
from graph.derive import commonest
from graph.names import blocks, name_key, sought
from graph.resolution.within import GROUP
from graph.tallies import Tallies

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Reference:
    """One name (a type and a key) as all documents use it.

    ``name`` is how most documents write it, ``names`` all that a document calls the same thing
    ("CATL" for Contemporary Amperex Technology), ``subtype`` its commonest kind.
    """

    id: str
    type: str
    subtype: str
    name: str
    names: tuple[str, ...]
    documents: int

    @classmethod
    def stored(cls, row: Mapping[str, Any]) -> Reference:
        """From the properties of its node."""
        fields = {name: row[name] for name in ("id", "type", "subtype", "name", "documents")}
        return cls(**fields, names=tuple(row["names"]))

    def properties(self) -> Row:
        """Those of its node."""
        return {
            "id": self.id,
            "type": self.type,
            "subtype": self.subtype,
            "name": self.name,
            "names": list(self.names),
            "documents": self.documents,
        }

    @property
    def key(self) -> str:
        """The key of its name."""
        return name_key(self.type, self.name)

    @property
    def keys(self) -> frozenset[str]:
        """The keys of all its names."""
        return frozenset(name_key(self.type, name) for name in (self.name, *self.names))

    def blocks(self) -> frozenset[str]:
        """The keys of all blocks that it is in; none for an unnamed group.

        A name that documents use for two references puts both in one block, too.
        """
        if self.subtype == GROUP:
            return frozenset()
        return self._keyed(blocks(self.type, self.name)) | self._key_blocks()

    def sought(self) -> frozenset[str]:
        """The keys of the blocks in which references are that may be the same entity."""
        if self.subtype == GROUP:
            return frozenset()
        return self._keyed(sought(self.type, self.name)) | self._key_blocks()

    def is_renamed(self, now: Reference) -> bool:
        """Whether it may be like others than it was: its type, name or other names changed."""
        return (self.type, self.subtype, self.name, self.names) != (
            *(now.type, now.subtype, now.name),
            now.names,
        )

    def is_like(self, other: Reference) -> bool:
        """Whether the names themselves have something in common."""
        mine, theirs = blocks(self.type, self.name), sought(other.type, other.name)
        return self.type == other.type and not mine.isdisjoint(theirs)

    def _keyed(self, keys: frozenset[str]) -> frozenset[str]:
        return frozenset(f"{self.type}:{key}" for key in keys)

    def _key_blocks(self) -> frozenset[str]:
        return frozenset(f"{self.type}={key}" for key in self.keys)


def derive_reference(id_: str, tallies: Tallies) -> Reference | None:
    """A reference from all its uses; None where there are none."""
    if not tallies.documents:
        return None
    order = {
        (kind.type, kind.subtype): -position
        for position, kind in enumerate(ontology().kinds.values())
    }
    kinds = tallies.kinds
    type_, subtype = max(kinds, key=lambda kind: (kinds[kind], order[kind]))
    name = commonest(tallies.names)
    others = {*(+tallies.others)} - {name}
    return Reference(id_, type_, subtype, name, tuple(sorted(others)), tallies.documents)
