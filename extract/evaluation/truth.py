"""What a gold record says of ties in a reader's own entity ids: for fitting a reader to gold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from extract.evaluation.matching import translate
from extract.evaluation.ties import Answers, collect_answers
from extract.gold import gold_record
from extract.records import Entity
from extract.scoring import Key, scoring


@dataclass(frozen=True, slots=True)
class Truth:
    """A record's answers, and which of its entities those of a reading stand for."""

    answers: Answers
    names: Mapping[str, str | None]

    @property
    def ties(self) -> int:
        """How many ties there are to find."""
        return len(self.answers.required)

    def covered(self, type_: str, head: str, tail: str) -> tuple[str, ...] | None:
        """The gold tie that makes this one right: its type, head and tail; None for none."""
        key = self._key(type_, head, tail)
        for required in self.answers.required:
            if key in required.keys:
                relation = required.relation
                return relation.type, relation.head, relation.tail
        return None

    def is_judged(self, type_: str, head: str, tail: str) -> bool:
        """Whether the record can say if this tie is right."""
        key = self._key(type_, head, tail)
        return key is not None and self.answers.judge(key, type_) is not None

    def _key(self, type_: str, head: str, tail: str) -> Key | None:
        ends = [self.names.get(end) for end in (head, tail)]
        if ends[0] is None or ends[1] is None:
            return None
        return scoring().key(type_, ends[0], ends[1])


def aligned_truth(record: Mapping[str, Any], entities: Iterable[Entity]) -> Truth:
    """The truth of a record for the entities of a reading.

    Raises:
        InputError: the record lacks what the schema asks for.
    """
    gold = gold_record(record, "gold record")
    return Truth(collect_answers(gold), translate(gold.known, tuple(entities)))
