"""From names to the entities of one document.

The network tags names; grammar proposes others. Each is judged by both (a product of experts).

Every name is typed once for the whole document, by all its mentions; then names of one thing
are joined: surnames to full names, short forms to the longer name they begin, acronyms to what
they stand for, spellings that the gazetteers know as one.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from spacy.tokens import Doc

from extract.entities.candidates import Candidate, find_candidates
from extract.entities.evidence import mention_evidence, name_evidence
from extract.entities.joining import Naming, abbreviates, is_acronym, join_names
from extract.entities.kinds import kind_of_name
from extract.entities.lexicon import lexicon
from extract.entities.vote import TYPES, score_types
from extract.model.labels import labels
from extract.model.pieces import Floats
from extract.model.tagging import Tags, best_kind
from extract.passages import Name, Passage
from extract.records import Document, Entity, Mention

_Text = tuple[str, int]  # a paragraph, and where it begins in the document
_TAIL = re.compile(r"-(?:based|owned|backed|led|listed|made|built|controlled|funded|style|born)$")
_POINT = re.compile(r"(?<=[A-Z]{2})\.$")
_AFTER = frozenset({"'", "’", ",", ";", ":", "'s", "’s"})
_LEAST = 0.01  # no opinion is surer than that
GRAMMAR = 0.5  # what the vote of grammar counts beside the network's


@dataclass(frozen=True, slots=True)
class _Place:
    """One stretch of the document that is a name: where, and in which paragraph."""

    start: int
    end: int
    passage: int


@dataclass(slots=True)
class Found:
    """All mentions of one surface form, and what speaks for its type and kind.

    ``sure``: sums over mentions of the log-probabilities of ``vote.TYPES``, by the network;
    ``evidence``: what the words in and around it say.
    """

    surface: str
    places: list[_Place] = field(default_factory=list)
    sure: Floats = field(default_factory=lambda: np.zeros(len(TYPES), dtype=np.float32))
    kinds: Floats = field(default_factory=lambda: np.zeros(len(labels().kinds), dtype=np.float32))
    evidence: dict[str, float] = field(default_factory=dict)
    type: str = ""


def entities_and_passages(
    document: Document, docs: Sequence[tuple[Doc, int]], tags: Tags
) -> tuple[tuple[Entity, ...], tuple[Passage, ...]]:
    """The entities that a document names.

    ``docs`` are pairs of a parsed paragraph and the code point at which it begins in
    ``document.text``. Entities come in order of first mention, with ids "e0", "e1", …; every
    passage has its names marked in tokens.
    """
    found = collect(docs, tags)
    for name in found.values():
        name.type = _voted(name)
    _settle_parts(found)
    named = {surface: name for surface, name in found.items() if name.type}
    # Once: spaCy builds a paragraph's text anew each time it is asked for.
    texts = [(doc.text, offset) for doc, offset in docs]
    _add_missed(named, texts)
    glosses = _find_glosses(named, texts)
    for short, full in glosses.items():
        named[short].type = named[full].type
    groups = join_names([_naming(name, texts) for name in named.values()], glosses)
    return _built(document, docs, named, groups)


def collect(docs: Sequence[tuple[Doc, int]], tags: Tags | None = None) -> dict[str, Found]:
    """Every stretch that network or grammar take for a name, by its surface form.

    Without ``tags`` grammar alone: what its weights are fitted on.
    """
    found: dict[str, Found] = {}
    for index, (doc, offset) in enumerate(docs):
        for candidate in _candidates(doc, offset, tags):
            surface, length = _surface(candidate)
            if not any(map(str.isalnum, surface)):
                continue
            name = found.setdefault(surface, Found(surface))
            start = doc[candidate.start].idx + offset
            name.places.append(_Place(start, start + length, index))
            if tags is not None:
                opinion = tags.opinion(start, start + length)
                name.sure = name.sure + _logs(opinion.types)
                name.kinds = name.kinds + opinion.kinds
            for item in mention_evidence(candidate):
                name.evidence[item] = name.evidence.get(item, 0.0) + 1.0
    for surface, name in found.items():
        for item, count in name.evidence.items():
            name.evidence[item] = math.sqrt(count / len(name.places))
        name.evidence.update(dict.fromkeys(name_evidence(surface), 1.0))
        if len(name.places) > 1:
            name.evidence["repeated"] = 1.0
        _mark_new(name)
    _mark_parts(found)
    return found


def _candidates(doc: Doc, offset: int, tags: Tags | None) -> list[Candidate]:
    """What the network tags as names, and what grammar takes for names beside them."""
    if tags is None:
        return find_candidates(doc)
    end = offset + len(doc.text)
    taken = [False] * len(doc)
    found = []
    tagged = [
        doc.char_span(name.start - offset, name.end - offset, alignment_mode="expand")
        for name in tags.names_between(offset, end)
    ]
    spans = [_trimmed(doc, span.start, span.end) for span in tagged if span is not None]
    for start, stop in [*spans, *((c.start, c.end) for c in find_candidates(doc))]:
        if start < stop and not any(taken[start:stop]):
            found.append(Candidate(doc, start, stop))
            taken[start:stop] = [True] * (stop - start)
    return sorted(found, key=lambda candidate: candidate.start)


def _trimmed(doc: Doc, start: int, end: int) -> tuple[int, int]:
    """Without "the" before a name, and a possessive or a comma after it."""
    while start < end and (doc[start].lower_ in ("the", "a", "an") or doc[start].is_space):
        start += 1
    while start < end and (doc[end - 1].tag_ == "POS" or doc[end - 1].text in _AFTER):
        end -= 1
    return start, end


def _logs(types: Floats) -> Floats:
    """Log-probabilities of the types and of being no name."""
    chances = np.append(types, max(0.0, 1.0 - float(types.sum())))
    result: Floats = np.log(np.maximum(chances, _LEAST))
    return result


def _voted(name: Found) -> str:
    """The type that network and grammar agree on best; "" where it is no name to keep."""
    scores = np.array(score_types(name.evidence))
    grammar = scores - scores.max()
    grammar = grammar - np.log(np.exp(grammar).sum())
    total = name.sure / len(name.places) + GRAMMAR * np.maximum(grammar, math.log(_LEAST))
    return TYPES[int(total.argmax())]


def _surface(candidate: Candidate) -> tuple[str, int]:
    """The name as it is written, without "-based" or a sentence's full stop; its length."""
    raw = candidate.doc[candidate.start : candidate.end].text
    raw = _POINT.sub("", _TAIL.sub("", raw))
    return " ".join(raw.split()), len(raw)


def _mark_new(name: Found) -> None:
    """Two pieces of evidence that count for more together: words that say nothing, and what
    spaCy thinks of them."""
    if any(item.startswith("headless") for item in name.evidence):
        for kind in ("org", "person", "place", "part-person", "part-none"):
            if strength := name.evidence.get(f"spacy-{kind}"):
                name.evidence[f"headless-{kind}"] = strength


def _mark_parts(found: Mapping[str, Found]) -> None:
    """Evidence from longer names that a name ends or begins, and for those: people are called
    by their last name, firms by their first."""
    surnames = lexicon().surnames
    marks: dict[str, set[str]] = defaultdict(set)
    for surface, name in found.items():
        words = surface.split()
        if len(words) > 1:
            marks[words[-1]].add("ends-a-name")
            marks[words[0]].add("begins-a-name")
            if words[-1] in found or (words[0] in found and words[0] in surnames):
                name.evidence["last-alone"] = 1.0  # in East Asia the family name comes first
            elif words[0] in found:
                name.evidence["first-alone"] = 1.0
    for surface, added in marks.items():
        if surface in found:
            found[surface].evidence.update(dict.fromkeys(added, 1.0))
    for name in found.values():
        if "initial" in name.evidence and "within" not in name.evidence:
            name.evidence["only-initial"] = 1.0
            if "words-1" in name.evidence and not any(e.startswith("known") for e in name.evidence):
                tag = "noun" if "tag-propn" not in name.evidence else "name"
                name.evidence[f"bare-initial-{tag}"] = 1.0


def _settle_parts(found: Mapping[str, Found]) -> None:
    """A surname has its full name's type, and so has a name that begins a firm's longer one."""
    full = [name for name in found.values() if name.type and re.search(r"[ -]", name.surface)]
    for surface, name in found.items():
        if _is_place(name):
            name.type = "LOC"
        if " " in surface and surface.split()[-1].strip(".") in lexicon().words["legal_forms"]:
            name.type = "ORG"
        spelt = {o.type for o in full if is_acronym(surface, o.surface)}
        if spelt == {"ORG"} and not _is_place(name):
            name.type = "ORG"
        if " " in surface or _is_placed(name):
            continue
        ended = {other.type for other in full if other.surface.split()[-1] == surface}
        begun = {other.type for other in full if other.surface.split()[0] == surface}
        if ended == {"PER"} or (begun == {"PER"} and not ended):
            name.type = "PER"
        elif begun == {"ORG"} and "PER" not in ended and not _is_listed_place(name):
            name.type = "ORG"


def _is_placed(name: Found) -> bool:
    """Whether the text mostly speaks of a name as of a place."""
    places = ("in-before", "comma-place", "place-comma-before", "dateline", "based")
    shares = (name.evidence.get(item, 0.0) for item in places)
    return name.type == "LOC" and (max(shares) > 0.5 or _is_place(name))


def _is_place(name: Found) -> bool:
    """Whether a name is a place beyond doubt: a known one that spaCy mostly took for one."""
    evidence = name.evidence
    taken = evidence.get("spacy-place", 0.0) > 0.5 and "known-organisation" not in evidence
    big = any(e in evidence for e in ("known-region", "known-city"))
    return "known-country" in evidence or (big and taken)


def _is_listed_place(name: Found) -> bool:
    """Whether a gazetteer has it as a place, and the vote agrees: "Malmö", also where the
    text names "Malmö Technical University"."""
    return name.type == "LOC" and any(e.startswith("known-") for e in name.evidence)


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
