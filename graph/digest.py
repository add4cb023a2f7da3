"""Digests: what all that is said of one tie or deal comes to, and how one more claim changes it.

A digest of claims keeps what the rules of graph/derive.py look at and no more, so its size is
bounded however many documents repeat a deal. Folding more claims in gives the same digest as
folding all at once, in whichever order, and the thousandth claim is folded as fast as the first.
What was folded in can't be taken out; then all claims are folded anew.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from extract.ontology import ontology

Row = dict[str, Any]

DENIED, DISPUTED, RUMOURED, POSSIBLE = "denied", "disputed", "rumoured", "possible"
MOST_STATEMENTS = 50  # ids that a tie lists, of the latest documents
_SUREST = 64  # stories that confidence is made of: more of them change nothing that is shown
_ONE_OF_LATEST = ("kind", "role", "count", "people")
_MONEY = ("amount", "currency", "amount_text", "stake")  # of one claim: they belong together


@dataclass(frozen=True, slots=True)
class Claim:
    """A statement with its document's date: ``properties`` are those of its node, ``head``,
    ``tail`` and ``site`` ids of entities, ``deal`` the id of its partnership. ``story`` is one
    for all near-copies of a text, the document's own id for any other."""

    id: str
    document: str
    story: str
    dated: str
    head: str
    tail: str
    site: str | None
    deal: str | None
    properties: Mapping[str, Any]

    @property
    def status(self) -> str:
        """in_effect, announced, planned, ended, rumoured, denied or possible."""
        return str(self.properties["status"])

    @property
    def tie(self) -> str | None:
        """The id of the tie that it speaks of; None where both sides are one entity."""
        tie: str | None = self.properties.get("tie")
        return tie


@dataclass(slots=True)
class Side:
    """Claims that support one another: denials, all others that count, or possible ones.

    ``best``: the surest claim of each story, of the surest stories. ``latest``: by attribute,
    [date, confidence, id, value] of the claim that has it. ``start``, ``end``: the earliest
    start, the latest end.
    """

    best: dict[str, float] = field(default_factory=dict)
    latest: dict[str, list[Any]] = field(default_factory=dict)
    start: str = ""
    end: str = ""

    def fold(self, claim: Claim) -> None:
        told = claim.properties
        confidence = float(told["confidence"])
        self.best[claim.story] = max(confidence, self.best.get(claim.story, 0.0))
        for name, value in _attributes(told):
            found = [claim.dated, confidence, claim.id, value]
            if name not in self.latest or self.latest[name][:3] < found[:3]:
                self.latest[name] = found
        ended = claim.status == "ended"
        if start := told.get("since") or (not ended and told.get("date")):
            self.start = min(self.start or str(start), str(start))
        if end := told.get("until") or (ended and told.get("date")):
            self.end = max(self.end, str(end))

    def trim(self) -> None:
        if len(self.best) > _SUREST:
            surest = sorted(self.best.items(), key=lambda item: (-item[1], item[0]))
            self.best = dict(surest[:_SUREST])


@dataclass(slots=True)
class Digest:
    """What claims of one tie or deal come to (see the module).

    Of the claims that count (``possible`` ones do only where there are no others): how many
    ``documents`` they stand in (near-copies are one), the ids of the ``statements`` of the
    latest documents as [date, id], ``sites``, and by tie and status the latest date.
    """

    type: str
    claims: int = 0
    possible: bool = True
    documents: int = 0
    statements: list[list[str]] = field(default_factory=list)
    sites: list[str] = field(default_factory=list)
    dates: dict[str, dict[str, str]] = field(default_factory=dict)
    denied: Side = field(default_factory=Side)
    others: Side = field(default_factory=Side)

    @classmethod
    def of(cls, claims: Iterable[Claim]) -> Digest:
        """The digest of claims, one at least."""
        all_ = list(claims)
        return cls(str(all_[0].properties["type"])).fold(all_)

    def fold(self, claims: Iterable[Claim]) -> Digest:
        """Fold in claims of stories that none of these is of. Returns the digest itself."""
        all_ = list(claims)
        self.claims += len(all_)
        counting = [claim for claim in all_ if claim.status != POSSIBLE]
        if counting and self.possible:  # what was only possible counts for nothing from now on
            kept = Digest(self.type, claims=self.claims, possible=False)
            for name in self.__slots__:
                setattr(self, name, getattr(kept, name))
        if not self.possible:
            all_ = counting
        for claim in all_:
            self._fold(claim)
        self.documents += len({claim.story for claim in all_})
        self.statements = sorted(self.statements, reverse=True)[:MOST_STATEMENTS]
        self.denied.trim()
        self.others.trim()
        return self

    def _fold(self, claim: Claim) -> None:
        self.statements.append([claim.dated, claim.id])
        site = claim.tail if ontology().relations[self.type].site == "tail" else None
        self.sites = sorted({*self.sites, *filter(None, (claim.site, site))})
        dates = self.dates.setdefault(claim.tie or "", {})
        dates[claim.status] = max(claim.dated, dates.get(claim.status, ""))
        (self.denied if claim.status == DENIED else self.others).fold(claim)

    def supporting(self, status: str) -> Side:
        """The claims that speak for this status."""
        return self.denied if status == DENIED else self.others

    def to_text(self) -> str:
        """One line, equal for equal digests."""
        return json.dumps(asdict(self), sort_keys=True, ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def from_text(cls, text: str) -> Digest:
        """From the line of ``to_text``."""
        told = json.loads(text)
        told |= {name: Side(**told[name]) for name in ("denied", "others")}
        return cls(**told)


def _attributes(told: Mapping[str, Any]) -> Iterable[tuple[str, Any]]:
    """What one claim tells besides: by name, its value; money as one."""
    for name in _ONE_OF_LATEST:
        if told.get(name) is not None:
            yield name, told[name]
    if told.get("amount_text") or told.get("stake"):
        yield "money", {n: told[n] for n in _MONEY if told.get(n) is not None}
