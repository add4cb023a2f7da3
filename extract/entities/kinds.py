"""The name that an entity goes by, and its finer kind."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from extract.entities.lexicon import Known, lexicon

_ORGANISATIONS = ("university", "institute", "agency", "association", "media", "other", "firm")


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
    if known and (known.big or known.kind != "city"):
        return known.kind
    said = _said(evidence, ("region", "city"))
    if said:
        return said
    if any(lexicon().head_kind(s.split()) == "place" or s.endswith("shire") for s in surfaces):
        words = " ".join(surfaces).split()
        return "city" if {"City", "Township", "Port"} & set(words) else "region"
    return "city"


def _organisation_kind(surfaces: Sequence[str], evidence: Collection[str]) -> str:
    """By its own head noun; where that says firm or nothing, by what the text calls it."""
    kinds = [lexicon().head_kind(s.split()) for s in sorted(surfaces, key=len, reverse=True)]
    own = next((kind for kind in kinds if kind in _ORGANISATIONS), "")
    if own and own != "firm":
        return own
    return _said(evidence, _ORGANISATIONS) or "firm"


def _said(evidence: Collection[str], kinds: Sequence[str]) -> str:
    """The kind that an apposition or a noun right beside the name gives it."""
    for kind in kinds:
        if f"apposed-{kind}-kind" in evidence or f"{kind}-kind-noun-before" in evidence:
            return kind
        if f"{kind}-kind-noun-after" in evidence and kind in ("region", "city"):
            return kind
    return ""
