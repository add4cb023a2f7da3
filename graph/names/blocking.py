"""Blocks: the keys under which a name is sought, so that not every pair need be compared.

The keys of a name depend on it alone, so blocks do not change as a corpus grows. A rare word is
a key; commoner words are keys two by two, so that no block is very large. Initials are sought
among acronyms only, and acronyms among initials: ``blocks`` says where a name is, ``sought``
where its like are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import combinations

from graph.names.frequency import weight
from graph.names.lexicon import WordClass
from graph.names.organisations import known_organisations
from graph.names.parsing import Parsed, parse
from graph.names.people import person_blocks
from graph.names.places import place_blocks

_RARE = 6.9  # weight: a word in less than one of a thousand names
_PAIRED = 5  # of commoner words, the rarest so many are taken two by two
_PREFIX = 6  # letters of a name without spaces: "Akzo Nobel" and "AkzoNobel" begin alike
_OTHER = WordClass.other
_LONG, _SHORT = ">", "<"  # initials of a name, and a name that is an acronym
_TURNED = {_LONG: _SHORT, _SHORT: _LONG}
_TELLING = (WordClass.other, WordClass.number, WordClass.place)


@lru_cache(maxsize=200_000)
def blocks(type: str, name: str) -> frozenset[str]:
    """The keys of the blocks that a name is in."""
    if type == "PER":
        return frozenset(person_blocks(name))
    parsed = parse(type, name)
    if type == "LOC":
        return frozenset({parsed.key, *place_blocks(name)})
    if type != "ORG":
        return frozenset({parsed.key})
    return frozenset({parsed.key, *_words(parsed), *_letters(parsed), *_known(parsed)})


@lru_cache(maxsize=200_000)
def sought(type: str, name: str) -> frozenset[str]:
    """The keys of the blocks in which names are that may be of the same bearer.

    One name is in a block that the other seeks if, and only if, that holds the other way round.
    """
    return frozenset(_TURNED.get(key[0], key[0]) + key[1:] for key in blocks(type, name) if key)


class BlockIndex:
    """Which ids are in which block, to find the pairs that meet."""

    def __init__(self) -> None:
        self._ids: dict[str, set[str]] = defaultdict(set)

    def put(self, id_: str, keys: Iterable[str]) -> None:
        """Note the blocks that ``id_`` is in."""
        for key in keys:
            self._ids[key].add(id_)

    def pairs(self, seeking: Mapping[str, Iterable[str]]) -> list[tuple[str, str]]:
        """(id, other id) in order, sorted, where one seeks a block that the other is in;
        ``seeking`` maps ids to the blocks that they seek."""
        found = {
            (min(id_, other), max(id_, other))
            for id_, keys in seeking.items()
            for key in keys
            for other in self._ids.get(key, ())
            if other != id_
        }
        return sorted(found)


def _words(parsed: Parsed) -> set[str]:
    rare = {t.concept for t in parsed.tokens if t.kind is _OTHER and weight(t) >= _RARE}
    common = sorted(
        {t.concept: t for t in parsed.tokens if t.kind is not WordClass.generic}.values(),
        key=lambda token: (-weight(token), token.concept),
    )[:_PAIRED]
    pairs = {
        "+".join(sorted((one.concept, other.concept)))
        for one, other in combinations(common, 2)
        if weight(one) + weight(other) >= _RARE and (one.kind in _TELLING or other.kind in _TELLING)
    }
    whole = "+".join(sorted({token.concept for token in parsed.tokens}))
    tells = len(parsed.tokens) > 1 or any(t.kind in _TELLING for t in parsed.tokens)
    return rare | pairs | ({whole} if whole and tells else set())


def _letters(parsed: Parsed) -> set[str]:
    keys = {f"~{parsed.joined[:_PREFIX]}"} if _begins_rare(parsed) else set()
    short = {parsed.capitals, *parsed.bracketed} - {""}
    keys |= {_LONG + letters for letters in parsed.initials if len(letters) > 1}
    return keys | {_SHORT + letters for letters in short}


def _begins_rare(parsed: Parsed) -> bool:
    return bool(parsed.tokens) and parsed.tokens[0].kind is WordClass.other


def _known(parsed: Parsed) -> set[str]:
    name = known_organisations().name(parsed.key)
    return {f"#{name}"} if name else set()
