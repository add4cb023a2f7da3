"""The statements of a document: the model's ties that the document's own words bear out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from types import MappingProxyType

from extract.llm.answers import DocumentAnswer, TieAnswer
from extract.llm.attributes import attributes, given_attributes
from extract.llm.flat import FlatText
from extract.llm.names import NamesInText
from extract.llm.prompt import prompt
from extract.ontology import RelationType, ontology
from extract.records import Document, Entity, Span, Statement

RULE = "llm"
_AHEAD = frozenset({"planned", "rumoured"})


class _Unfounded(Exception):  # noqa: N818  # a tie that is not believed; its text is the reason
    pass


class TiesInText:
    """Makes statements of the answers on a document's parts; ``dropped`` counts the ties that the
    text does not bear out, by the reason."""

    def __init__(
        self, document: Document, flat: FlatText, names: NamesInText, confidence: float
    ) -> None:
        self.dropped: Counter[str] = Counter()
        self._document = document
        self._flat = flat
        self._names = names
        self._confidence = confidence

    def statements(self, answers: Sequence[DocumentAnswer]) -> tuple[Statement, ...]:
        """One statement a tie and polarity, with all its evidence; deals are numbered."""
        from extract.relations.statements import merge  # spaCy comes with it: half a second

        return merge(self._believed(answers))

    def _believed(self, answers: Sequence[DocumentAnswer]) -> Iterator[Statement]:
        for number, answer in enumerate(answers):
            for tie in answer.ties:
                try:
                    yield self._statement(number, tie)
                except _Unfounded as reason:
                    self.dropped[str(reason)] += 1

    def _statement(self, number: int, tie: TieAnswer) -> Statement:
        relation = ontology().relations.get(tie.type.strip().upper())
        status = tie.status.strip().lower()
        if relation is None or status not in prompt().statuses:
            raise _Unfounded("of an unknown type or status")
        head, tail = self._names.get(number, tie.head), self._names.get(number, tie.tail)
        if head is None or tail is None:
            raise _Unfounded("with an end that the text does not name")
        if head.id == tail.id or not ontology().allows(relation.name, head.type, tail.type):
            raise _Unfounded("between ends that their type does not link")
        evidence = self._evidence(tie, head, tail)
        denied = status == "denied"
        modality = "in_effect" if denied else status
        return Statement(
            type=relation.name,
            head=head.id,
            tail=tail.id,
            symmetric=relation.symmetric,
            attrs=MappingProxyType(self._attrs(number, tie, relation, evidence, modality)),
            evidence=evidence,
            confidence=self._confidence,
            polarity="denied" if denied else "affirmed",
            modality=modality,
            rule=RULE,
            votes=MappingProxyType({RULE: self._confidence}),
        )

    def _evidence(self, tie: TieAnswer, head: Entity, tail: Entity) -> tuple[Span, ...]:
        """The quotes of a tie where the text has them, all of them, one with an end's name."""
        places = [self._flat.find_quote(quote) for quote in tie.evidence]
        spans = tuple(
            Span(place[0], place[1], self._document.text[place[0] : place[1]])
            for place in dict.fromkeys(places)
            if place is not None
        )
        if None in places or not spans:
            raise _Unfounded("with evidence that is not in the text")
        names = [(m.start, m.end) for m in (*head.mentions, *tail.mentions)]
        if not any(s.start <= start and end <= s.end for s in spans for start, end in names):
            raise _Unfounded("with evidence that names neither end")
        return spans

    def _attrs(
        self,
        number: int,
        tie: TieAnswer,
        relation: RelationType,
        evidence: Sequence[Span],
        modality: str,
    ) -> dict[str, str]:
        """What the evidence says more, with the site's id and the deal's name in this answer."""
        ahead = modality in _AHEAD
        found = dict(attributes(tie, relation, evidence, self._document.date, ahead=ahead))
        given = given_attributes(tie)
        site = self._names.get(number, given.get("site", ""))
        if relation.deal and site is not None and site.type == "LOC":
            found["site"] = site.id
        if relation.deal and "deal" in given:
            found["deal"] = f"{number} {given['deal']}"
        return found
