"""The ontology, loaded once from ``ontology.yaml``: kinds, relation types, statuses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from extract.wordfiles import parse_yaml


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of entity: (``type``, ``subtype``) in a record, ``label`` in the graph.

    Places keep one label, Place, and tell their kind (City, Region, Country) by a property.
    """

    name: str
    label: str
    type: str
    subtype: str
    title: str
    plural: str
    colour: str
    shape: str


@dataclass(frozen=True, slots=True)
class RelationType:
    """A type of tie: what it may link (record types), how it reads, whether it is a deal.

    ``noun`` is the word for a deal of this type ("acquisition").
    """

    name: str
    head: tuple[str, ...]
    tail: tuple[str, ...]
    label: str
    inverse: str
    group: str
    symmetric: bool = False
    deal: bool = False
    roles: tuple[str, str] = ("", "")
    site: str = ""
    noun: str = ""


@dataclass(frozen=True, slots=True)
class Status:
    """How far a tie is real. Ties that are not ``confirmed`` never pass for existing ones;
    those that are not ``drawn`` are in no picture at all."""

    name: str
    title: str
    confirmed: bool
    dash: tuple[int, ...]
    drawn: bool = True


@dataclass(frozen=True, slots=True)
class Ontology:
    """Everything in ``ontology.yaml``, in the file's order."""

    kinds: Mapping[str, Kind]
    relations: Mapping[str, RelationType]
    statuses: Mapping[str, Status]
    partnership_kinds: Mapping[str, str]
    facility_kinds: Mapping[str, str]

    def kind_of(self, type_: str, subtype: str) -> Kind:
        """The kind of a record's (type, subtype); an unknown subtype is the type's widest kind."""
        same_type = [kind for kind in self.kinds.values() if kind.type == type_]
        for kind in same_type:
            if kind.subtype == subtype:
                return kind
        for kind in same_type:
            if kind.subtype in ("other", "region"):
                return kind
        return same_type[0] if same_type else self.kinds["Organisation"]

    def allows(self, relation: str, head_type: str, tail_type: str) -> bool:
        """Whether a tie of this type may link entities of these record types."""
        found = self.relations.get(relation)
        return found is not None and head_type in found.head and tail_type in found.tail


@cache
def ontology() -> Ontology:
    """The ontology; read from the package's own file on first use."""
    text = files("extract").joinpath("ontology.yaml").read_text(encoding="utf-8")
    raw: dict[str, Any] = parse_yaml(text)
    return Ontology(
        kinds={
            name: Kind(name=name, **{"label": name, **row}) for name, row in raw["kinds"].items()
        },
        relations={name: _relation(name, row) for name, row in raw["relations"].items()},
        statuses={
            name: Status(name=name, **{**row, "dash": tuple(row["dash"])})
            for name, row in raw["statuses"].items()
        },
        partnership_kinds=raw["partnership_kinds"],
        facility_kinds=raw["facility_kinds"],
    )


def _relation(name: str, row: dict[str, Any]) -> RelationType:
    fields = dict(row)
    head, tail = tuple(fields.pop("head")), tuple(fields.pop("tail"))
    roles = fields.pop("roles", ["", ""])
    return RelationType(name=name, head=head, tail=tail, roles=(roles[0], roles[1]), **fields)
