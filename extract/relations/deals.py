"""Which ties are one deal: those of several parties that one sentence tells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from extract.ontology import ontology
from extract.records import Statement

_SITES = "place"  # sites are deals of one party each


def grouped(statements: Iterable[Statement]) -> Iterator[Statement]:
    """The statements, those of one deal with the same ``deal``.

    A tie without a deal joins one of its type that the same sentence tells and that shares a
    party: any party of a partnership, the target of an investment or a purchase, the receiver
    of a grant, the customer of a supply.
    """
    known = list(statements)
    deals = [each.attrs.get("deal", "") for each in known]
    for i, one in enumerate(known):
        if deals[i] or not _may_join(one):
            continue
        mates = [
            j
            for j, other in enumerate(known)
            if j != i and _may_join(other) and _is_one_deal(one, other)
        ]
        named = next((deals[j] for j in mates if deals[j]), "")
        if mates:
            deals[i] = named or f"told {one.evidence[0].start} {i}"
            for j in mates:
                deals[j] = deals[j] or deals[i]
    for statement, deal in zip(known, deals, strict=True):
        if deal and statement.attrs.get("deal") != deal:
            yield replace(statement, attrs={**statement.attrs, "deal": deal})
        else:
            yield statement


def _may_join(statement: Statement) -> bool:
    relation = ontology().relations[statement.type]
    return relation.deal and relation.group != _SITES and bool(statement.evidence)


def _is_one_deal(one: Statement, other: Statement) -> bool:
    same = one.type == other.type and one.status == other.status
    told = same and bool({*one.evidence} & {*other.evidence})
    if not told:
        return False
    if one.symmetric:
        return not {one.head, one.tail}.isdisjoint((other.head, other.tail))
    return one.tail == other.tail
