"""The name that an entity goes by, and its finer kind."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from extract.entities.lexicon import Known, lexicon

_BODY = {
    "university": "university", "institute": "institute", "agency": "agency",
    "association": "association", "media": "media", "firm": "firm",
}  # fmt: skip


def kind_of_name(type_: str, surfaces: Sequence[str], evidence: Collection[str]) -> tuple[str, str]:
    """(best name, subtype) of an entity that is written in these ways in a document."""
    if type_ == "PER":
        return _fullest(surfaces), "person"
    if type_ == "PRODUCT":
        return _fullest(surfaces), "product"
    known = _known(type_, surfaces)
    if type_ == "LOC":
        return (known.name if known else _fullest(surfaces)), _place_kind(known, surfaces, evidence)
    name = _fullest(surfaces)
    if known and (len(known.name) > len(name) or name.isupper()):
        name = known.name
    return name, known.kind if known else _organisation_kind(surfaces, evidence)


def _known(type_: str, surfaces: Sequence[str]) -> Known | None:
    table = lexicon().places if type_ == "LOC" else lexicon().organisations
    for surface in surfaces:
        found = table.get(surface) or table.get(surface.title() if surface.isupper() else "")
        if found:
            return found
    return None


def _fullest(surfaces: Sequence[str]) -> str:
    """The longest form, one in small letters before one in capitals."""
    return max(surfaces, key=lambda s: (not (s.isupper() and len(s) > 5), len(s)))


def _place_kind(known: Known | None, surfaces: Sequence[str], evidence: Collection[str]) -> str:
    if known:
        return known.kind
    if any(lexicon().head_kind(s.split()) == "place" for s in surfaces):
        words = " ".join(surfaces).split()
        return "city" if {"City", "Township", "Port"} & set(words) else "region"
    return "city"


def _organisation_kind(surfaces: Sequence[str], evidence: Collection[str]) -> str:
    for surface in sorted(surfaces, key=len, reverse=True):
        kind = lexicon().head_kind(surface.split())
        if kind in _BODY:
            return kind
    return "firm"
