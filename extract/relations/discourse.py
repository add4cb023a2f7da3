"""What a text has spoken of so far: who "the company", "it" and "the two" are.

Salience in its simplest form (after Lappin & Leass, 1994): the subject of the nearest sentence
before comes first, then what that sentence names first; kind of noun and nationality filter.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from extract.records import Entity, Span
from extract.relations.lexicon import Lexicon, Words

_PRONOUN_REACH = 3  # sentences back; further off, a pronoun stands for something else


@dataclass(frozen=True, slots=True)
class Focus:
    """One sentence read: its subject(s), then everything that it names, in order."""

    sentence: Span
    subjects: tuple[str, ...]
    names: tuple[str, ...]


@dataclass(slots=True)
class Discourse:
    """The memory of one document. Sentences are noted in reading order."""

    entities: dict[str, Entity]
    words: Lexicon
    foci: list[Focus] = field(default_factory=list)
    countries: dict[str, str] = field(default_factory=dict)  # entity -> country, as the text says
    sites: dict[str, dict[str, Span]] = field(
        default_factory=dict
    )  # "factory" -> whose, where said

    def note(self, focus: Focus) -> None:
        """Remembers a sentence that has been read."""
        if focus.subjects or focus.names:
            self.foci.append(focus)

    def kinds_of(self, noun: str) -> Words:
        """The subtypes that a noun may stand for; none where it refers to nothing."""
        found: set[str] = set()
        for name, nouns in self.words.nominals.items():
            if noun in nouns or (name == "firm" and noun.endswith("maker")):
                found |= self.words.subtypes[name]
        return frozenset(found)

    def person(self, here: Iterable[str], pronoun: str) -> tuple[str, Span | None] | None:
        """The person spoken of last whom "he" or "she" may mean; ``here`` are those named
        earlier in the sentence."""
        for entity in here:
            if self._agrees(entity, pronoun):
                return entity, None
        for focus in self._back(_PRONOUN_REACH):
            for entity in (*focus.subjects, *focus.names):
                if self._agrees(entity, pronoun):
                    return entity, focus.sentence
        return None

    def _agrees(self, entity_id: str, pronoun: str) -> bool:
        """Whether a pronoun may stand for a person: unless the given name tells otherwise."""
        entity = self.entities[entity_id]
        if entity.type != "PER":
            return False
        names = (entity.name, *entity.aliases)
        told = {self.words.sexes.get(name.split()[0], "") for name in names if " " in name} - {""}
        return not told or self.words.pronouns.get(pronoun, "") in told

    def note_site(self, noun: str, owner: str, sentence: Span) -> None:
        """Remembers that an organisation has a site that the text calls by this noun."""
        self.sites.setdefault(noun, {}).setdefault(owner, sentence)

    def owner_of(self, noun: str) -> tuple[str, Span] | None:
        """The one organisation that the text has given a site of this name."""
        owners = list(self.sites.get(noun, {}).items())
        return owners[0] if len(owners) == 1 else None

    def organisation(
        self,
        here: Iterable[str],
        noun: str = "",
        country: str = "",
        apart: Collection[str] = (),
    ) -> tuple[str, Span | None] | None:
        """The organisation that a pronoun (no ``noun``) or "the <noun>" stands for; none of
        those ``apart``."""
        kinds = self.kinds_of(noun) if noun else frozenset()
        reach = len(self.foci) if noun else _PRONOUN_REACH
        named = [entity for entity in here if self._fits(entity, noun, kinds, country)]
        if named:
            return named[0], None
        for focus in self._back(reach):
            for entity in (*focus.subjects, *focus.names):
                if entity not in apart and self._fits(entity, noun, kinds, country):
                    return entity, focus.sentence
        return None

    def candidates(
        self, here: Iterable[str], noun: str, country: str, apart: Collection[str]
    ) -> set[str]:
        """Every organisation spoken of so far that "the <noun>" may stand for."""
        kinds = self.kinds_of(noun)
        spoken = {*here, *(entity for focus in self.foci for entity in focus.names)}
        return {entity for entity in spoken - {*apart} if self._fits(entity, noun, kinds, country)}

    def sole(self, here: Iterable[str]) -> tuple[str, Span | None] | None:
        """The organisation that the text is about, where it has named no other so far."""
        found: dict[str, Span | None] = {}
        for entity in here:
            found.setdefault(entity, None)
        for focus in reversed(self.foci):
            for entity in focus.names:
                found.setdefault(entity, focus.sentence)
        fitting = [entity for entity in found if self._fits(entity, "", frozenset(), "")]
        return (fitting[0], found[fitting[0]]) if len(fitting) == 1 else None

    def place(self, subtype: str) -> tuple[str, Span] | None:
        """The place that "the country" or "the city" stands for."""
        for focus in self._back(_PRONOUN_REACH):
            for entity in reversed(focus.names):
                if self.entities[entity].type == "LOC" and self.entities[entity].subtype == subtype:
                    return entity, focus.sentence
        return None

    def several(self) -> tuple[tuple[str, ...], Span] | None:
        """The organisations that "the two", "both", "the companies" stand for."""
        for focus in self._back(_PRONOUN_REACH):
            for group in (focus.subjects, focus.names):
                organisations = dict.fromkeys(
                    entity for entity in group if self.entities[entity].type == "ORG"
                )
                if len(organisations) == 2:
                    return tuple(organisations), focus.sentence
        return None

    def _back(self, reach: int) -> Iterator[Focus]:
        yield from reversed(self.foci[-reach:] if reach else [])

    def _fits(self, entity_id: str, noun: str, kinds: Words, country: str) -> bool:
        entity = self.entities[entity_id]
        if entity.type != "ORG" or entity.subtype == "group":
            return False
        known = self.countries.get(entity_id, "")
        if country and known and known != country:
            return False
        if not noun:
            return entity.subtype != "media"
        if noun in entity.name.casefold().split():
            return True
        if noun not in self.words.nominals["firm"] and any(
            noun in other.name.casefold().split()
            for other in self.entities.values()
            if other.type == "ORG"
        ):
            return False  # "the bank" is the one that is called so, not the firm beside it
        return entity.subtype in kinds


def named_countries(entities: Mapping[str, Entity]) -> dict[str, str]:
    """Casefolded name or alias of each place in the document → its entity id."""
    return {
        name.casefold(): entity.id
        for entity in entities.values()
        if entity.type == "LOC"
        for name in (entity.name, *entity.aliases)
    }
