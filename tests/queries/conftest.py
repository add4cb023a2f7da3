"""A small invented world, hand-built, whose answers are known."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

import pytest

from extract.records import Document, Entity, Mention, Reading, Span, Statement, document_id
from graph.load import load
from graph.store import Store

CAST = {
    "volkswagen": ("ORG", "firm", "Volkswagen"),
    "scania": ("ORG", "firm", "Scania"),
    "alfa": ("ORG", "firm", "Alfa Motors"),
    "beta": ("ORG", "firm", "Beta Cells"),
    "gamma": ("ORG", "firm", "Gamma Steel"),
    "delta": ("ORG", "firm", "Delta Chips"),
    "epsilon": ("ORG", "institute", "Epsilon Labs"),
    "nordbank": ("ORG", "firm", "Nordbank"),
    "oak": ("ORG", "university", "Oakwell University"),
    "art": ("ORG", "institute", "Oakwell Institute of Art"),
    "group": ("ORG", "group", "Chinese companies and institutes"),
    "roe": ("PER", "person", "Jane Roe"),
    "hefei": ("LOC", "city", "Hefei"),
    "rugao": ("LOC", "city", "Rugao"),
    "suzhou": ("LOC", "city", "Suzhou"),
    "wolfsburg": ("LOC", "city", "Wolfsburg"),
    "dresden": ("LOC", "city", "Dresden"),
    "leipzig": ("LOC", "city", "Leipzig"),
    "saxony": ("LOC", "region", "Saxony"),
}
_NAMED = re.compile(r"\[(\w+)\]")


@dataclass(frozen=True)
class Claim:
    """One statement of a sentence: ``head`` and ``tail`` are keys of CAST."""

    type: str
    head: str
    tail: str
    attrs: Mapping[str, str] = field(default_factory=dict)
    modality: str = "in_effect"
    polarity: str = "affirmed"
    confidence: float = 0.9


def read(
    title: str, date: str, publisher: str, sentences: list[tuple[str, list[Claim]]]
) -> Reading:
    """A reading from sentences in which "[volkswagen]" stands for that entity's name."""
    text = ""
    mentions: dict[str, list[Mention]] = {}
    statements: list[Statement] = []
    for template, claims in sentences:
        start = len(text)
        at = 0
        for match in _NAMED.finditer(template):
            text += template[at : match.start()]
            name = CAST[match[1]][2]
            mentions.setdefault(match[1], []).append(
                Mention(len(text), len(text) + len(name), name)
            )
            text += name
            at = match.end()
        text += template[at:]
        span = Span(start, len(text), text[start:])
        statements.extend(_statement(claim, span) for claim in claims)
        text += "\n"
    entities = tuple(
        Entity(key, *CAST[key], mentions=tuple(found), count=38 if key == "group" else None)
        for key, found in mentions.items()
    )
    document = Document(
        document_id(text), text, title=title, date=date, publisher=publisher, source=f"{title}.txt"
    )
    return Reading(document, entities, tuple(statements))


def _statement(claim: Claim, span: Span) -> Statement:
    return Statement(
        claim.type,
        claim.head,
        claim.tail,
        symmetric=claim.type in ("PARTNERS_WITH", "JOINT_VENTURE_WITH"),
        attrs=dict(claim.attrs),
        evidence=(span,),
        confidence=claim.confidence,
        polarity=claim.polarity,
        modality=claim.modality,
        rule="by-hand",
    )


_VENTURE = {"site": "suzhou", "amount": "USD 300m", "deal": "venture", "date": "2025-02"}

READINGS = (
    read(
        "Cars in China",
        "2025-11-03",
        "Trade Daily",
        [
            (
                "[volkswagen] runs a research centre with 700 people in [hefei].",
                [
                    Claim(
                        "FACILITY_IN",
                        "volkswagen",
                        "hefei",
                        {"kind": "rnd_centre", "people": "700"},
                    )
                ],
            ),
            (
                "In October [scania] opened a plant in [rugao] for EUR 2bn.",
                [
                    Claim(
                        "FACILITY_IN",
                        "scania",
                        "rugao",
                        {"kind": "plant", "amount": "EUR 2bn", "since": "2025-10"},
                    )
                ],
            ),
            (
                "[volkswagen] has partnered with at least 38 [group] since 2018.",
                [
                    Claim(
                        "PARTNERS_WITH",
                        "volkswagen",
                        "group",
                        {"kind": "general", "since": "2018", "count": "38"},
                    )
                ],
            ),
            (
                "[volkswagen], based in [wolfsburg], has a second research centre there.",
                [
                    Claim("HEADQUARTERED_IN", "volkswagen", "wolfsburg"),
                    Claim("FACILITY_IN", "volkswagen", "wolfsburg", {"kind": "rnd_centre"}),
                ],
            ),
            ("[beta] supplies [volkswagen].", [Claim("SUPPLIES", "beta", "volkswagen")]),
            (
                "[roe], chief engineer of [scania], said so.",
                [Claim("EMPLOYED_BY", "roe", "scania", {"role": "chief engineer"})],
            ),
            (
                "[volkswagen] plans a plant in [suzhou].",
                [Claim("FACILITY_IN", "volkswagen", "suzhou", {"kind": "plant"}, "planned")],
            ),
        ],
    ),
    read(
        "Cells and chips",
        "2025-02-10",
        "The Ledger",
        [
            (
                "[alfa], [beta] and [gamma] agreed on a joint venture in [suzhou] for USD 300m.",
                [
                    Claim("JOINT_VENTURE_WITH", "alfa", "beta", _VENTURE, "announced"),
                    Claim("JOINT_VENTURE_WITH", "alfa", "gamma", _VENTURE, "announced"),
                    Claim("JOINT_VENTURE_WITH", "beta", "gamma", _VENTURE, "announced"),
                ],
            ),
            (
                "[alfa] denied that it had acquired [delta].",
                [Claim("ACQUIRED", "alfa", "delta", polarity="denied")],
            ),
            (
                "[nordbank] bought 25% of [beta] for USD 40m.",
                [
                    Claim(
                        "INVESTED_IN",
                        "nordbank",
                        "beta",
                        {"amount": "USD 40m", "stake": "25%", "since": "2024-05"},
                    )
                ],
            ),
            (
                "[epsilon] is said to be in talks with [delta].",
                [
                    Claim(
                        "PARTNERS_WITH",
                        "delta",
                        "epsilon",
                        {"kind": "rnd"},
                        "rumoured",
                        confidence=0.6,
                    )
                ],
            ),
        ],
    ),
    read(
        "A plant opens",
        "2025-10-20",
        "Trade Daily",
        [
            (
                "[scania] has a new plant in [rugao].",
                [Claim("FACILITY_IN", "scania", "rugao", {"kind": "plant"})],
            ),
            (
                "[gamma] of [dresden] has a research centre in [leipzig]; both are in [saxony].",
                [
                    Claim("HEADQUARTERED_IN", "gamma", "dresden"),
                    Claim("FACILITY_IN", "gamma", "leipzig", {"kind": "rnd_centre"}),
                    Claim("LOCATED_IN", "dresden", "saxony"),
                    Claim("LOCATED_IN", "leipzig", "saxony"),
                ],
            ),
        ],
    ),
)

_CELLS = {"site": "suzhou", "deal": "cells"}

HISTORY = (
    read(
        "Talks",
        "2023-03-01",
        "Trade Daily",
        [
            (
                "[alfa] is said to want [delta].",
                [Claim("ACQUIRED", "alfa", "delta", {}, "rumoured", confidence=0.7)],
            ),
            (
                "[beta] and [gamma] run a joint venture in [suzhou].",
                [Claim("JOINT_VENTURE_WITH", "beta", "gamma", _CELLS)],
            ),
            (
                "[roe] was an engineer at [gamma] until 2023; [beta] supplies [alfa].",
                [
                    Claim(
                        "EMPLOYED_BY",
                        "roe",
                        "gamma",
                        {"role": "engineer", "until": "2023"},
                        "ended",
                    ),
                    Claim("SUPPLIES", "beta", "alfa"),
                ],
            ),
        ],
    ),
    read(
        "Done",
        "2024-06-10",
        "The Ledger",
        [
            ("[alfa] has bought [delta].", [Claim("ACQUIRED", "alfa", "delta")]),
            (
                "[beta] and [gamma] have ended their joint venture in [suzhou].",
                [Claim("JOINT_VENTURE_WITH", "beta", "gamma", _CELLS, "ended")],
            ),
            (
                "[roe] is chief engineer of [alfa].",
                [Claim("EMPLOYED_BY", "roe", "alfa", {"role": "chief engineer"})],
            ),
            ("[beta] supplies [volkswagen] too.", [Claim("SUPPLIES", "beta", "volkswagen")]),
            (
                "[nordbank] holds 30% of [alfa], and [delta] a stake in [nordbank].",
                [
                    Claim("INVESTED_IN", "nordbank", "alfa", {"stake": "30%"}),
                    Claim("INVESTED_IN", "delta", "nordbank"),
                ],
            ),
            (
                "[epsilon] and [oak] work with [alfa].",
                [
                    Claim("PARTNERS_WITH", "epsilon", "alfa"),
                    Claim("PARTNERS_WITH", "oak", "alfa"),
                ],
            ),
        ],
    ),
    read("Oddments", "2025-01-15", "The Ledger", [("[art] and [rugao] were named.", [])]),
)

_MAYBE_VENTURE = {"site": "leipzig", "deal": "maybe"}

UNSURE = read(
    "Guesses",
    "2025-12-01",
    "Trade Daily",
    [
        (
            "[scania] spoke of [delta].",
            [Claim("SUPPLIES", "delta", "scania", {}, "possible", confidence=0.3)],
        ),
        (
            "[nordbank], [delta] and [scania] met in [leipzig].",
            [
                Claim("JOINT_VENTURE_WITH", "nordbank", "delta", _MAYBE_VENTURE, "possible"),
                Claim("JOINT_VENTURE_WITH", "nordbank", "scania", _MAYBE_VENTURE, "possible"),
            ],
        ),
        (
            "[alfa], [beta] and [gamma] were seen in [suzhou] again.",
            [
                Claim("JOINT_VENTURE_WITH", "alfa", "beta", _VENTURE, "possible"),
                Claim("JOINT_VENTURE_WITH", "alfa", "gamma", _VENTURE, "possible"),
            ],
        ),
        (
            "[scania] was in [rugao] with 9 people in 1999.",
            [
                Claim(
                    "FACILITY_IN",
                    "scania",
                    "rugao",
                    {"kind": "office", "people": "9", "since": "1999"},
                    "possible",
                )
            ],
        ),
    ],
)
SURE = read(
    "It is so",
    "2025-12-02",
    "The Ledger",
    [("[delta] supplies [scania].", [Claim("SUPPLIES", "delta", "scania")])],
)


@pytest.fixture(scope="session")
def unsure() -> Reading:
    """A document of whose ties the reader is unsure, of all of them."""
    return UNSURE


@pytest.fixture(scope="session")
def sure() -> Reading:
    """A document that states one of those ties: Delta Chips supplies Scania."""
    return SURE


@pytest.fixture(scope="session")
def readings() -> tuple[Reading, ...]:
    """The documents of the invented world."""
    return READINGS


@pytest.fixture
def unsure_world(embedded_store: Store) -> Store:
    """The invented world with a document of which the reader is unsure."""
    load(embedded_store, (*READINGS, UNSURE))
    return embedded_store


@pytest.fixture(scope="module", params=["embedded", pytest.param("neo4j", marks=pytest.mark.neo4j)])
def history(request: pytest.FixtureRequest) -> Store:
    """Two years of it: a rumour that came true, a venture that ended, owners in a ring."""
    found: Store = request.getfixturevalue(f"_{request.param}")
    found.write("MATCH (n) DETACH DELETE n")
    load(found, HISTORY)
    return found


@pytest.fixture(scope="module", params=["embedded", pytest.param("neo4j", marks=pytest.mark.neo4j)])
def world(request: pytest.FixtureRequest, readings: tuple[Reading, ...]) -> Store:
    """The graph of these readings, loaded once a module, on each engine that the machine has."""
    found: Store = request.getfixturevalue(f"_{request.param}")
    found.write("MATCH (n) DETACH DELETE n")
    load(found, readings)
    return found
