"""From tagged names to the entities of one document.

Every name is typed once for the whole document, by all its mentions; then names of one thing
are joined: surnames to full names, short forms to the longer name they begin, acronyms to what
they stand for, spellings that the gazetteers know as one.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from spacy.tokens import Doc

from extract.entities.edges import Stretch, cut_names
from extract.entities.joining import Naming, abbreviates, is_acronym, join_names
from extract.entities.kinds import kind_of_name
from extract.model.labels import TYPES, labels
from extract.model.pieces import Floats
from extract.model.tagging import Tags, best_kind, best_type
from extract.passages import Name, Passage
from extract.records import Document, Entity, Mention

_Text = tuple[str, int]  # a paragraph, and where it begins in the document


@dataclass(frozen=True, slots=True)
class _Place:
    """One stretch of the document that is a name: where, and in which paragraph."""

    start: int
    end: int
    passage: int


@dataclass(slots=True)
class Found:
    """All mentions of one surface form, and the sums of what they say of its type and kind."""

    surface: str
    places: list[_Place] = field(default_factory=list)
    types: Floats = field(default_factory=lambda: np.zeros(len(TYPES), dtype=np.float32))
    kinds: Floats = field(default_factory=lambda: np.zeros(len(labels().kinds), dtype=np.float32))

    @property
    def type(self) -> str:
        """The record type that the mentions agree on best."""
        return best_type(self.types)


def entities_and_passages(
    document: Document, docs: Sequence[tuple[Doc, int]], tags: Tags
) -> tuple[tuple[Entity, ...], tuple[Passage, ...]]:
    """The entities that the tagged names of a document are of.

    ``docs`` are pairs of a parsed paragraph and the code point at which it begins in
    ``document.text``. Entities come in order of first mention, with ids "e0", "e1", …; every
    passage has its names marked in tokens.
    """
    named = _collect(cut_names(document.text, docs, tags.names()), document.text)
    # Once: spaCy builds a paragraph's text anew each time it is asked for.
    texts = [(doc.text, offset) for doc, offset in docs]
    _add_missed(named, texts)
    glosses = _find_glosses(named, texts)
    for short, full in glosses.items():
        named[short].types = named[full].types
    _settle_parts(named)
    groups = join_names([_naming(name, texts) for name in named.values()], glosses)
    return _built(document, docs, named, groups)


def _collect(names: Iterable[Stretch], text: str) -> dict[str, Found]:
    """The names by their surface forms, with what all mentions say of type and kind."""
    found: dict[str, Found] = {}
    for name in names:
        surface = " ".join(text[name.start : name.end].split())
        known = found.setdefault(surface, Found(surface))
        known.places.append(_Place(name.start, name.end, name.passage))
        known.types = known.types + name.types
        known.kinds = known.kinds + name.kinds
    return found


def _settle_parts(named: Mapping[str, Found]) -> None:
    """A surname has its full name's type; so has an acronym what it is the initials of."""
    full = [name for name in named.values() if re.search(r"[ -]", name.surface)]
    for surface, name in named.items():
        if " " in surface:
            continue
        ended = [o for o in full if o.type == "PER" and o.surface.split()[-1] == surface]
        spelt = [o for o in full if o.type == "ORG" and is_acronym(surface, o.surface)]
        for other in (*ended[:1], *spelt[:1]):
            if name.types.max() < 0.9 * len(name.places):  # not sure of itself
                name.types = other.types


def _add_missed(named: Mapping[str, Found], texts: Sequence[_Text]) -> None:
    """Find further mentions of names that are sure once found: exact, whole words, in capitals."""
    sure = sorted((s for s in named if len(s) > 2 or s.isupper()), key=lambda s: (-len(s), s))
    if not sure:
        return
    pattern = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, sure))})(?![\w])")
    taken: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for name in named.values():
        for place in name.places:
            taken[place.passage].append((place.start, place.end))
    for index, (text, offset) in enumerate(texts):
        for match in pattern.finditer(text):
            start, end = match.start() + offset, match.end() + offset
            if any(a < end and start < b for a, b in taken[index]):
                continue
            named[match[0]].places.append(_Place(start, end, index))
            taken[index].append((start, end))


def _find_glosses(named: Mapping[str, Found], texts: Sequence[_Text]) -> dict[str, str]:
    """Short forms that the text explains by "Full Name (FN)": short → full."""
    glosses: dict[str, str] = {}
    places = [(p.passage, p.start, p.end, s) for s, name in named.items() for p in name.places]
    for (passage, _, end, full), (other, start, stop, short) in pairwise(sorted(places)):
        text, offset = texts[passage]
        between, after = (
            text[end - offset : start - offset],
            text[stop - offset : stop - offset + 1],
        )
        explained = between.strip() == "(" and after == ")"
        if passage == other and explained and abbreviates(short, full):
            glosses.setdefault(short, full)
    return glosses


def _naming(name: Found, texts: Sequence[_Text]) -> Naming:
    places = sorted(name.places, key=lambda place: place.start)
    contexts = tuple(_context(place, texts) for place in places)
    return Naming(name.surface, name.type, tuple(p.start for p in places), contexts)


def _context(place: _Place, texts: Sequence[_Text]) -> frozenset[str]:
    text, offset = texts[place.passage]
    nearby = text[place.end - offset : place.end - offset + 60]
    before = text[max(0, place.start - offset - 30) : place.start - offset]
    return frozenset(re.findall(r"[a-z]{4,}", f"{before} {nearby}"))


def _built(
    document: Document,
    docs: Sequence[tuple[Doc, int]],
    named: Mapping[str, Found],
    groups: Iterable[Sequence[tuple[str, int]]],
) -> tuple[tuple[Entity, ...], tuple[Passage, ...]]:
    """Entities and passages from groups of (surface, number of its mention)."""
    entities: list[Entity] = []
    marks: dict[int, list[Name]] = defaultdict(list)
    ordered = []
    for group in groups:
        places = [
            (sorted(named[s].places, key=lambda p: p.start)[number], s) for s, number in group
        ]
        ordered.append(sorted(places, key=lambda pair: pair[0].start))
    for number, places in enumerate(sorted(ordered, key=lambda places: places[0][0].start)):
        identity = f"e{number}"
        surfaces = list(dict.fromkeys(surface for _, surface in places))
        type_ = named[surfaces[0]].type
        kinds = np.sum([named[s].kinds for s in surfaces], axis=0)
        name, subtype = kind_of_name(type_, surfaces, best_kind(type_, kinds))
        mentions = tuple(Mention(p.start, p.end, document.text[p.start : p.end]) for p, _ in places)
        aliases = tuple(s for s in surfaces if s != name)
        entities.append(Entity(identity, type_, subtype, name, aliases, mentions))
        for place, _ in places:
            doc, offset = docs[place.passage]
            span = doc.char_span(place.start - offset, place.end - offset, alignment_mode="expand")
            if span is not None:
                marks[place.passage].append(Name(identity, span.start, span.end))
    passages = tuple(
        Passage(doc, offset, tuple(sorted(marks[i], key=lambda name: name.start)))
        for i, (doc, offset) in enumerate(docs)
    )
    return tuple(entities), passages
