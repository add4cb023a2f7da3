"""Entities that a text has no name for: counted groups, and places behind an adjective."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from spacy.tokens import Token

from extract.passages import Name, Passage
from extract.records import Entity, Mention
from extract.relations.lexicon import Lexicon

_NUMBER = re.compile(r"\d{1,3}(?:,\d{3})*")
_LAST_ID = re.compile(r"\d+$")
_LEAST = 3  # two firms are a pair that the text will name


class Additions:
    """The entities to add, with ids that go on after the given ones."""

    def __init__(self, entities: Iterable[Entity]) -> None:
        self.known = {entity.id: entity for entity in entities}
        numbers = [int(hit[0]) for key in self.known if (hit := _LAST_ID.search(key))]
        self._next = max(numbers, default=-1) + 1
        self._places = {
            name.casefold(): entity.id
            for entity in self.known.values()
            if entity.type == "LOC"
            for name in (entity.name, *entity.aliases)
        }

    def add(self, entity: Entity) -> str:
        """Gives an entity its id and keeps it."""
        key = f"e{self._next}"
        self._next += 1
        self.known[key] = replace(entity, id=key)
        return key

    def country(self, name: str, mention: Mention) -> str:
        """The id of a country; one that is named in the text is not added again."""
        found = self._places.get(name.casefold())
        if found is None:
            found = self.add(Entity("", "LOC", "country", name, (), (mention,)))
            self._places[name.casefold()] = found
        elif all(each.kind != "name" for each in self.known[found].mentions):
            entity = self.known[found]
            mentions = {(each.start, each.end): each for each in (*entity.mentions, mention)}
            self.known[found] = replace(
                entity, mentions=tuple(mentions[key] for key in sorted(mentions))
            )
        return found


def counted_groups(
    passage: Passage, text: str, additions: Additions, words: Lexicon
) -> Iterator[Name]:
    """ "at least 38 Chinese companies and research institutes": a group, marked as a name.

    ``text`` is the document's.
    """
    taken = {i for name in passage.names for i in range(name.start, name.end)}
    for token in passage.doc:
        if token.tag_ != "NNS" or token.i in taken or not _collective(token, words):
            continue
        number = next((child for child in token.children if child.dep_ == "nummod"), None)
        count = _count(number, words) if number is not None else 0
        if number is None or count < _LEAST or _introduces(token, taken):
            continue
        start, end = number.i + 1, _end(token, words)
        if any(i in taken for i in range(token.i, end)):
            continue
        group = passage.doc[start:end]
        first, last = passage.offset + group.start_char, passage.offset + group.end_char
        mention = Mention(first, last, text[first:last], "nominal")
        entity = Entity("", "ORG", "group", " ".join(group.text.split()), (), (mention,), count)
        yield Name(additions.add(entity), token.i, end)


def _collective(token: Token, words: Lexicon) -> bool:
    lemma = token.lemma_.lower()
    return lemma.endswith("maker") or any(lemma in nouns for nouns in words.nominals.values())


def _count(number: Token, words: Lexicon) -> int:
    if _NUMBER.fullmatch(number.text):
        value = int(number.text.replace(",", ""))
        return 0 if 1900 <= value <= 2100 else value
    return words.numbers.get(number.lower_, 0)


def _end(token: Token, words: Lexicon) -> int:
    """Past the nouns coordinated with the group's: "companies and research institutes"."""
    end = token.i + 1
    for other in token.conjuncts:
        if other.i > token.i and other.i - end < 5 and _collective(other, words):
            end = other.i + 1
    return end


def _introduces(token: Token, taken: set[int]) -> bool:
    """Whether names follow: "four carmakers, including X"; then these are the parties."""
    return any(
        below.i in taken
        for child in token.rights
        if child.dep_ in ("appos", "prep")
        for below in (child, *child.children)
    )
