"""What a tie's evidence says more (sum, date, role, …), in the form that readings have it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extract.amounts import parse_amount
from extract.dates import resolve_date
from extract.llm.answers import TieAnswer
from extract.llm.flat import squeezed
from extract.llm.prompt import prompt
from extract.ontology import RelationType, ontology
from extract.records import Span

_WORDS = ("role", "stake")
_DATES = ("date", "since", "until")
_COUNTS = ("count", "people")
_NUMBER = re.compile(r"\d[\d,]*")


def attributes(
    tie: TieAnswer, relation: RelationType, evidence: Sequence[Span], date: str, *, ahead: bool
) -> Iterator[tuple[str, str]]:
    """The attributes of ``tie`` that its evidence bears out; the others are left.

    ``date`` is the document's, for "in May"; ``ahead``: the tie is still to come. Site and
    deal, which hang on the answer as a whole, are not among them.
    """
    given = given_attributes(tie)
    said = squeezed(" ".join(span.text for span in evidence))
    kinds = ontology().facility_kinds if relation.site else ontology().partnership_kinds
    if given.get("kind") in kinds:
        yield "kind", given["kind"]
    for name, value in given.items():
        if not _says(said, value):
            continue
        if name in _WORDS:
            yield name, value
        elif name == "amount":
            amount = parse_amount(value)
            yield name, amount.text if amount else value
        elif name in _DATES and (resolved := resolve_date(value, date, forward=ahead)):
            yield name, resolved
        elif name in _COUNTS and (number := _NUMBER.search(value)):
            yield name, number[0]


def given_attributes(tie: TieAnswer) -> dict[str, str]:
    """The attributes of an answer that were asked for, as text."""
    return {
        name: squeezed(str(value))
        for name, value in (tie.attrs or {}).items()
        if name in prompt().attributes and value is not None and squeezed(str(value))
    }


def _says(text: str, value: str) -> bool:
    """Whether a (squeezed) text has a (squeezed) value as whole words, in whatever case."""
    return re.search(rf"(?<!\w){re.escape(value)}(?!\w)", text, re.IGNORECASE) is not None
