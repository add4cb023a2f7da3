"""The name that an entity goes by, and its finer kind."""

from __future__ import annotations

from collections.abc import Sequence

from extract.entities.lexicon import Known, lexicon


def kind_of_name(type_: str, surfaces: Sequence[str], guess: str) -> tuple[str, str]:
    """(best name, subtype) of an entity that is written in these ways in a document.

    ``guess`` is the subtype that the text speaks for; a gazetteer that has the name outranks
    it.
    """
    if type_ not in ("ORG", "LOC"):
        return _fullest(surfaces), guess
    known = _known(type_, surfaces)
    if type_ == "LOC":
        sure = known is not None and (known.big or known.kind != "city")
        name = known.name if known else _fullest(surfaces)
        return name, known.kind if known and sure else guess
    name = _fullest(surfaces)
    if known and (len(known.name) > len(name) or name.isupper()):
        name = known.name
    return name, known.kind if known else guess


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
