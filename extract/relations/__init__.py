"""Who has to do with whom: ties between the entities of a document, by rules of grammar.

Rules are few and general (voice, apposition, coordination, nominalisation, possessives,
relative clauses); their words are in the YAML files beside. After Hearst (1992) for lists and
appositions and after Fillmore's frames for verbs and their nominalisations.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from extract.passages import Passage
from extract.records import Document, Entity, Statement
from extract.relations.claims import Claim
from extract.relations.discourse import Discourse
from extract.relations.groups import Additions, counted_groups
from extract.relations.lexicon import lexicon

if TYPE_CHECKING:
    from spacy.tokens import Span as Tokens

    from extract.relations.scene import Scene

__all__ = ["find_statements"]

_LONGEST = 300  # tokens; what is longer is a table or a broken file, no sentence


def find_statements(
    document: Document, passages: Sequence[Passage], entities: Sequence[Entity]
) -> tuple[tuple[Statement, ...], tuple[Entity, ...]]:
    """The ties that a document states, and the entities that they need and had no name.

    Args:
        document: its text and date; the date resolves "in October".
        passages: its paragraphs, parsed, names marked, in reading order.
        entities: the entities that the names are of.

    Returns:
        The statements, one per tie and polarity, and the added entities: counted groups and
        countries known from an adjective. Their ids go on after the given ones.
    """
    from extract.relations.scene import Scene
    from extract.relations.statements import merge, state
    from extract.relations.teams import Team, read_teams, with_people

    words = lexicon()
    additions = Additions(entities)
    discourse = Discourse(additions.known, words)
    scenes = [
        Scene(passage, discourse, tuple(counted_groups(passage, additions, words)))
        for passage in passages
    ]
    statements: list[Statement] = []
    teams: list[Team] = []
    for scene in scenes:
        for sentence in scene.doc.sents:
            if len(sentence) > _LONGEST:
                continue
            for claim in _claims(scene, sentence, additions):
                if claim.head.entity != claim.tail.entity:
                    statements.append(state(scene, claim, document))
            teams += read_teams(scene, sentence)
            discourse.note(scene.focus(sentence))
    merged = tuple(with_people(merge(statements), teams))
    given = {entity.id for entity in entities}
    used = {key for each in merged for key in (each.head, each.tail, each.attrs.get("site"))}
    added = (entity for key, entity in additions.known.items() if key not in given)
    return merged, tuple(entity for entity in added if entity.id in used)


def _claims(scene: Scene, sentence: Tokens, additions: Additions) -> Iterator[Claim]:
    from extract.relations.facilities import read_facilities
    from extract.relations.frames import read_frames
    from extract.relations.names import read_names
    from extract.relations.nationality import read_nationality
    from extract.relations.people import read_people
    from extract.relations.seats import read_seats

    yield from read_nationality(scene, sentence, additions)
    yield from read_seats(scene, sentence)
    yield from read_facilities(scene, sentence)
    yield from read_frames(scene, sentence)
    yield from read_people(scene, sentence)
    yield from read_names(scene, sentence)
