"""The people of a research centre, where a text counts them away from the place.

"A 700-person research and development team" is attached to the one R&D centre that the text
gives the same organisation; where it gives it several, or none, the number is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Span as Tokens

from extract.ontology import ontology
from extract.records import Span, Statement
from extract.relations.scene import Scene

_TEAM = re.compile(
    r"\b(\d[\d,]*)[- ](?:person|people|strong|member)\s+(?:[\w&]+\s+){0,2}?"
    r"(?:research|R&D|development|engineering)\b(?:\s+[\w&]+){0,3}?"
    r"\s+(?:team|centre|center|laborator(?:y|ies)|lab|unit|department|group)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Team:
    """So many people do research for an organisation; ``sentence`` says so."""

    owner: str
    people: str
    sentence: Span


def read_teams(scene: Scene, sentence: Tokens) -> Iterator[Team]:
    """The research teams that a sentence counts."""
    match = _TEAM.search(sentence.text)
    if match is None:
        return
    here = [
        name.entity
        for name in scene.names
        if sentence.start <= name.start
        and scene.doc[name.start].idx < sentence.start_char + match.start()
    ]
    owner = scene.discourse.organisation(here)
    if owner:
        yield Team(owner[0], match[1].replace(",", ""), scene.span(sentence))


def with_people(statements: Iterable[Statement], teams: Iterable[Team]) -> Iterator[Statement]:
    """The statements, research centres with the people counted elsewhere in the text."""
    known = list(statements)
    by_owner = {team.owner: team for team in reversed(list(teams))}
    for statement in known:
        team = by_owner.get(statement.head)
        if team is None or not _is_centre(statement) or "people" in statement.attrs:
            yield statement
            continue
        centres = [each for each in known if _is_centre(each) and each.head == statement.head]
        if len(centres) > 1:
            yield statement
            continue
        attrs = {**statement.attrs, "people": team.people}
        evidence = tuple(dict.fromkeys((*statement.evidence, team.sentence)))
        yield replace(statement, attrs=attrs, evidence=evidence)


def _is_centre(statement: Statement) -> bool:
    sure = ontology().statuses[statement.status].confirmed
    return sure and statement.type == "FACILITY_IN" and statement.attrs.get("kind") == "rnd_centre"
