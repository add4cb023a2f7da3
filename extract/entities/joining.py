"""Which names in one document name the same thing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from extract.entities.lexicon import Lexicon, lexicon

_LINKERS = frozenset({"of", "for", "and", "the", "in", "de", "du", "des", "la", "le", "y", "&"})


@dataclass(frozen=True, slots=True)
class Naming:
    """A surface form, its type, where its mentions begin, and the words around each."""

    surface: str
    type: str
    starts: tuple[int, ...]
    contexts: tuple[frozenset[str], ...]


def join_names(
    names: Sequence[Naming], glosses: Mapping[str, str] = MappingProxyType({})
) -> list[list[tuple[str, int]]]:
    """Groups of (surface, number of the mention): one group an entity.

    ``glosses`` are the short forms that the text itself explains, short → full.

    A surname that several people share goes, mention by mention, to the one whose own context
    has most words in common with it, or else to the last one named before.
    """
    known = lexicon()
    ordered = sorted(names, key=lambda name: (-len(name.surface), name.surface))
    heads: dict[str, str] = {}
    shared: dict[str, list[Naming]] = {}
    for name in ordered:
        fuller = [n for n in ordered if n is not name and n.type == name.type]
        hosts = [
            n
            for n in fuller
            if glosses.get(name.surface) == n.surface
            or _stands_for(name.surface, n.surface, name.type, known)
        ]
        hosts = _distinct(hosts, heads)
        if len(hosts) > 1 and name.type == "PER":
            shared[name.surface] = hosts
        elif len(hosts) == 1 or (hosts and name.type == "LOC"):
            heads[name.surface] = _root(hosts[0].surface, heads)
    groups: dict[str, list[tuple[str, int]]] = {}
    for name in ordered:
        for number in range(len(name.starts)):
            if name.surface in shared:
                target = _nearest(name, number, shared[name.surface])
            else:
                target = name.surface
            groups.setdefault(_root(target, heads), []).append((name.surface, number))
    return [groups[key] for key in sorted(groups)]


def _root(surface: str, heads: dict[str, str]) -> str:
    seen = {surface}
    while surface in heads and heads[surface] not in seen:
        surface = heads[surface]
        seen.add(surface)
    return surface


def _distinct(hosts: Iterable[Naming], heads: dict[str, str]) -> list[Naming]:
    found: dict[str, Naming] = {}
    for host in hosts:
        found.setdefault(_root(host.surface, heads), host)
    return list(found.values())


def _nearest(name: Naming, number: int, hosts: Sequence[Naming]) -> str:
    start, context = name.starts[number], name.contexts[number]

    def closeness(host: Naming) -> tuple[int, int]:
        common = max(len(context & other) for other in host.contexts[:1])
        before = max((s for s in host.starts if s <= start), default=-1)
        return common, before

    before = [host for host in hosts if host.starts[0] <= start] or list(hosts)
    return max(before, key=closeness).surface


def _stands_for(short: str, full: str, type_: str, known: Lexicon) -> bool:
    """Whether, within one document, ``short`` may be another way to write ``full``."""
    if short.casefold() == full.casefold():
        return short < full if short.isupper() == full.isupper() else short.isupper()
    if type_ == "PER":
        return _is_surname(short, full)
    table = known.places if type_ == "LOC" else known.organisations
    if short in table and full in table:
        same = table[short].name == table[full].name
        return same and (len(short), short) < (len(full), full)
    if type_ != "ORG" or len(short) >= len(full):
        return False
    return (
        is_acronym(short, full)
        or _begins(short, full, known)
        or _ends(short, full, known)
        or _aliased(short, full, known)
    )


def _ends(short: str, full: str, known: Lexicon) -> bool:
    """ "Araucária" for "Grupo Araucária", "Strathclyde" for "University of Strathclyde", "Zeiss"
    for "Carl Zeiss AG": only words of no weight stand before it."""
    words, longer = short.split(), full.split()
    while longer and _is_legal(longer[-1]):
        longer.pop()
    rest = longer[: -len(words)]
    if not rest or longer[-len(words) :] != words or short in known.places:
        return False
    return all(w in _LINKERS or known.is_generic(w) or w in known.given_names for w in rest)


def _aliased(short: str, full: str, known: Lexicon) -> bool:
    """Whether a gazetteer alias ("VW") goes with a longer form of its name."""
    entry = known.organisations.get(short)
    return (
        bool(entry)
        and entry is not None
        and entry.name != short
        and (full == entry.name or _begins(entry.name, full, known))
    )


def _is_surname(short: str, full: str) -> bool:
    short_words, words = short.split(), full.split()
    if len(short_words) >= len(words):
        return False
    return words[-len(short_words) :] == short_words or words[: len(short_words)] == short_words


def is_acronym(short: str, full: str) -> bool:
    """Whether a short form in capitals is made of a name's initials: "W-L" of "Warner-Lambert"."""
    letters = re.sub(r"[^A-Za-z]", "", short)
    if not 2 <= len(letters) <= 8 or not letters.isupper():
        return False
    words = re.split(r"[\s-]+", full)
    initials = [word[0].upper() for word in words if word]
    content = [w[0].upper() for w in words if w and w not in _LINKERS]
    bare = [w[0].upper() for w in words if w and w not in _LINKERS and not _is_legal(w)]
    return letters in ("".join(initials), "".join(content), "".join(bare))


def abbreviates(short: str, full: str) -> bool:
    """Whether the letters of ``short`` stand in ``full`` in their order, the first one first.

    The test of Schwartz and Hearst, "A simple algorithm for identifying abbreviation
    definitions in biomedical text" (2003), for a short form in brackets after a full one.
    """
    letters = [letter.casefold() for letter in short if letter.isalnum()]
    if not 2 <= len(letters) <= 10 or len(letters) >= len(full) or short == short.lower():
        return False
    rest = iter(full.casefold())
    return full[:1].casefold() == letters[0] and all(letter in rest for letter in letters)


def _is_legal(word: str) -> bool:
    return word.strip(".,") in lexicon().suffixes


def _begins(short: str, full: str, known: Lexicon) -> bool:
    """ "Eurasia" for "Eurasia Group", "Nemaska" for "Nemaska Lithium"; not "Volkswagen" for
    "Volkswagen Anhui", nor a well-known name for one of its namesakes."""
    words, longer = short.split(), full.split()
    rest = [w for w in longer[len(words) :] if w not in _LINKERS]
    if longer[: len(words)] != words or not rest:
        return False
    if all(_is_legal(w) for w in rest):
        return True
    if short in known.places or known.head_kind(words) in ("university", "agency", "institute"):
        return False
    if any(w in known.places or w.isdigit() or w in known.demonyms for w in rest):
        return False
    generic = all(known.is_generic(w) for w in rest)
    if short in known.organisations:
        return (
            generic and len(rest) == 1 and rest[0] in ("Group", "Corporation", "Company", "Motor")
        )
    return generic or len(words) == 1
