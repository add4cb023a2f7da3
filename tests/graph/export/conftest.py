"""A graph with ties of every type and status, and texts that could break out of any form."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from itertools import islice, product
from typing import Any

import pytest

from extract.ontology import Kind, ontology
from extract.records import Reading
from graph.load import load
from graph.store import Store
from partnergraph.demo import demo_sources
from partnergraph.intake import build

MakeReading = Callable[..., Reading]
TEXT = "=HYPERLINK() of 'Delta \\ Motors' & <b>\"Beta\"</b>;\n\tTwo\x1f \x00 \u2028 \U0001f697 é."
SAID: tuple[dict[str, Any], ...] = (
    {"modality": "announced"},
    {"modality": "planned"},
    {"modality": "ended"},
    {"modality": "ended", "until": "2025-02"},
    {"modality": "rumoured"},
    {"polarity": "denied"},
    {"modality": "possible", "confidence": 0.3},
)
DETAILS: tuple[dict[str, Any], ...] = (
    {},
    {"role": "chief executive", "stake": "20 per cent", "amount": "EUR 2bn"},
    {"role": "analyst", "stake": "majority", "kind": "technology", "since": "2024"},
)


@pytest.fixture(scope="session")
def every_tie(reading: MakeReading) -> list[Reading]:
    """Each type of tie between each two kinds that it may link; one of each in every status."""
    made = [_reading_of(reading, 0, {}, every_pair=True)]
    return made + [_reading_of(reading, n, told) for n, told in enumerate(SAID, start=1)]


def _reading_of(
    reading: MakeReading, number: int, told: dict[str, Any], every_pair: bool = False
) -> Reading:
    ties = [
        (_name(head, number, "one"), type_, _name(tail, number, "other"))
        for type_, relation in ontology().relations.items()
        for head, tail in islice(
            product(_of(relation.head), _of(relation.tail)), None if every_pair else 1
        )
    ]
    kinds = {
        _name(kind, number, end): (kind.type, kind.subtype)
        for kind in ontology().kinds.values()
        for end in ("one", "other")
    }
    detailed = [(*tie, {**DETAILS[n % len(DETAILS)], **told}) for n, tie in enumerate(ties)]
    return reading(f"Number {number}: all was tied.", detailed, kinds=kinds, date="2025-03-01")


def _name(kind: Kind, number: int, end: str) -> str:
    """A word that is like no other one."""
    digits = hashlib.sha256(f"{kind.name} {number} {end}".encode()).hexdigest()
    return "".join(
        chr(ord("a") + int(pair, 16) % 26) for pair in re.findall("..", digits)[:12]
    ).title()


def _of(types: tuple[str, ...]) -> list[Kind]:
    return [kind for kind in ontology().kinds.values() if kind.type in types]


@pytest.fixture
def hostile(reading: MakeReading) -> Reading:
    """Names and a sentence with what ends texts in one form or another."""
    ties = [("=HYPERLINK()", "SUPPLIES", '<b>"Beta"</b>')]
    return reading(TEXT, ties, names=["'Delta \\ Motors'"])


@pytest.fixture
def tied(store: Store, every_tie: list[Reading], hostile: Reading) -> Store:
    """A store with all of that."""
    load(store, [*every_tie, hostile])
    return store


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The demo corpus, read."""
    with Store.open(tmp_path_factory.mktemp("demo") / "graph") as store:
        build([str(path) for path in demo_sources()], store)
        yield store


@pytest.fixture(params=[False, True], ids=["confirmed", "unconfirmed"])
def unconfirmed(request: pytest.FixtureRequest) -> bool:
    """Whether denied, rumoured and disputed ties are asked for, too."""
    return bool(request.param)
