"""Which ties are one deal: those of several parties that one sentence tells."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from extract.ontology import ontology
from extract.records import Span, Statement

_SITES = "place"  # sites are deals of one party each
_MOST = 200  # ties of one type in one sentence; more of them are a table, and no deal

_Told = tuple[str, str, Span]  # type, status, sentence


def grouped(statements: Iterable[Statement]) -> Iterator[Statement]:
    """The statements, those of one deal with the same ``deal``.

    A tie without a deal joins one of its type that the same sentence tells and that shares a
    party: any party of a partnership, the target of an investment or a purchase, the receiver
    of a grant, the customer of a supply.
    """
    known = list(statements)
    deals = [each.attrs.get("deal", "") for each in known]
    told: dict[_Told, list[int]] = defaultdict(list)
    for i, each in enumerate(known):
        for key in _told(each):
            told[key].append(i)
    for i, one in enumerate(known):
        if not deals[i]:
            _join(i, one, known, deals, told)
    for statement, deal in zip(known, deals, strict=True):
        if deal and statement.attrs.get("deal") != deal:
            yield replace(statement, attrs={**statement.attrs, "deal": deal})
        else:
            yield statement


def _join(
    number: int,
    one: Statement,
    known: Sequence[Statement],
    deals: list[str],
    told: dict[_Told, list[int]],
) -> None:
    beside = {j for key in _told(one) if len(told[key]) <= _MOST for j in told[key]} - {number}
    mates = [j for j in sorted(beside) if _shares_a_party(one, known[j])]
    if mates:
        named = next((deals[j] for j in mates if deals[j]), "")
        deals[number] = named or f"told {one.evidence[0].start} {number}"
        for j in mates:
            deals[j] = deals[j] or deals[number]


def _told(statement: Statement) -> list[_Told]:
    relation = ontology().relations[statement.type]
    if not relation.deal or relation.group == _SITES:
        return []
    return [(statement.type, statement.status, span) for span in statement.evidence]


def _shares_a_party(one: Statement, other: Statement) -> bool:
    if one.symmetric:
        return not {one.head, one.tail}.isdisjoint((other.head, other.tail))
    return one.tail == other.tail
