"""Who has to do with whom: ties between the entities of a document, by rules of grammar.

Rules are few and general (voice, apposition, coordination, nominalisation, possessives,
relative clauses); their words are in the YAML files beside. After Hearst (1992) for lists and
appositions and after Fillmore's frames for verbs and their nominalisations.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from extract.ontology import ontology
from extract.passages import Passage
from extract.records import Document, Entity, Statement
from extract.relations.claims import Claim
from extract.relations.discourse import Discourse
from extract.relations.groups import Additions, counted_groups
from extract.relations.lexicon import lexicon

if TYPE_CHECKING:
    from spacy.tokens import Span as Tokens

    from extract.model.linking import Scored
    from extract.relations.scene import Scene
    from extract.relations.voting import Ballot

__all__ = ["find_statements"]

_LONGEST = 300  # tokens; what is longer is a table or a broken file, no sentence


def find_statements(
    document: Document,
    passages: Sequence[Passage],
    entities: Sequence[Entity],
    scored: Sequence[Scored] = (),
    ballot: Ballot | None = None,
) -> tuple[tuple[Statement, ...], tuple[Entity, ...]]:
    """The ties that a document states, and the entities that they need and had no name.

    Args:
        document: its text and date; the date resolves "in October".
        passages: its paragraphs, parsed, names marked, in reading order.
        entities: the entities that the names are of.
        scored: what the network thinks of their ties.
        ballot: how rules and network are weighed; without it the rules speak alone.

    Returns:
        The statements, one per tie and polarity, and the added entities: counted groups and
        countries known from an adjective. Their ids go on after the given ones.
    """
    from extract.relations.deals import grouped
    from extract.relations.scene import Scene
    from extract.relations.spending import with_amount
    from extract.relations.statements import merge
    from extract.relations.suggestions import Suggestions
    from extract.relations.teams import Team, read_teams, with_people
    from extract.relations.voting import decide

    words = lexicon()
    additions = Additions(entities)
    discourse = Discourse(additions.known, words)
    scenes = [
        Scene(
            passage,
            discourse,
            document.text,
            tuple(counted_groups(passage, document.text, additions, words)),
        )
        for passage in passages
    ]
    given = {entity.id for entity in entities}
    statements: list[Statement] = []
    before: tuple[Statement, ...] = ()  # those of the sentence before
    teams: list[Team] = []
    for scene in scenes:
        for sentence in scene.doc.sents:
            if len(sentence) > _LONGEST:
                continue
            statements += with_amount(scene, sentence, before)
            before = tuple(_stated(scene, sentence, additions, document))
            teams += read_teams(scene, sentence)
            discourse.note(scene.focus(sentence))
    merged = merge([*statements, *before])
    if ballot is not None:
        suggest = Suggestions(scenes, document).make
        merged = merge(grouped(decide(merged, scored, given, ballot, suggest)))
    merged = tuple(with_people(merged, teams))
    used = {key for each in merged for key in (each.head, each.tail, each.attrs.get("site"))}
    added = (entity for key, entity in additions.known.items() if key not in given)
    return merged, tuple(entity for entity in added if entity.id in used)


def _stated(
    scene: Scene, sentence: Tokens, additions: Additions, document: Document
) -> Iterator[Statement]:
    """The statements of a sentence: its claims, where the ontology allows such a tie."""
    from extract.relations.statements import state

    for claim in list(_claims(scene, sentence, additions)):
        head, tail = (additions.known[side.entity] for side in (claim.head, claim.tail))
        if head.id != tail.id and ontology().allows(claim.type, head.type, tail.type):
            if claim.type == "FACILITY_IN":
                noun = claim.trigger.lemma_.lower()
                scene.discourse.note_site(noun, head.id, scene.span(sentence))
            yield state(scene, claim, document)


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
