"""Who is who by Spark is who is who on one machine."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest

from extract.exchange import read_file
from extract.records import Failure, Reading
from graph.load import load
from graph.resolution.judgements import Judged, Judgement, judge
from graph.resolution.resolve import Join
from graph.store import Store
from partnergraph import read

Resolved = Callable[..., dict[str, Join]]


@pytest.fixture(scope="session")
def demo() -> list[Reading]:
    """What the demo corpus says."""
    corpus = Path(__file__).parents[3] / "partnergraph" / "demo" / "corpus"
    return [item for item in read([str(corpus)]) if isinstance(item, Reading)]


def test_the_demo_corpus(
    embedded_store: Store, resolved: Resolved, joins_in: Any, demo: list[Reading]
) -> None:
    load(embedded_store, demo)
    joins = resolved(demo)

    assert joins == joins_in(embedded_store)
    assert any(join.by == "evidence" for join in joins.values())


def test_judgements_are_heeded(
    embedded_store: Store, resolved: Resolved, joins_in: Any, demo: list[Reading]
) -> None:
    def judged(verdict: str, one: str, other: str) -> Judgement:
        return Judgement(verdict, Judged("ORG", one), Judged("ORG", other))

    judgements = [
        judged("different", "Nordhavn Batteries", "Nordhavn"),
        judged("same", "Elbe Chemie", "Tallinn Metals"),
        judged("same", "Calder Motors", "A firm that no document names"),
    ]
    load(embedded_store, demo)
    judge(embedded_store, judgements)
    joins = resolved(demo, judgements)

    assert joins == joins_in(embedded_store)
    assert any(join.by == "judgement" for join in joins.values())


def test_what_documents_say_counts_as_on_one_machine(
    embedded_store: Store, resolved: Resolved, joins_in: Any, reading: Callable[..., Reading]
) -> None:
    """Names that share partners and documents, are tied to each other, or are initials."""
    told = [
        ("Contemporary Amperex Technology supplies Alfa.", "Contemporary Amperex Technology"),
        ("CATL supplies Alfa.", "CATL"),
        ("Nordic Steel Works supplies Beta.", "Nordic Steel Works"),
        ("Nordic Steel supplies Beta and Gamma.", "Nordic Steel"),
        ("Nordic Steel AB supplies Gamma.", "Nordic Steel AB"),
    ]
    readings = [
        reading(text, [(name, "SUPPLIES", text.split()[-1].strip("."))]) for text, name in told
    ]
    readings.append(
        reading("Delta Motors bought Delta Motor.", [("Delta Motors", "ACQUIRED", "Delta Motor")])
    )
    load(embedded_store, readings)

    assert resolved(readings) == joins_in(embedded_store)


def test_an_acronym_meets_the_words_it_stands_for(
    embedded_store: Store, resolved: Resolved, joins_in: Any, reading: Callable[..., Reading]
) -> None:
    """Neither is in any table: only their initials bring them together."""
    names = ["Harrow Quill Steel Works", "HQSW", "Pryde Sorb Trust (PST)", "PST"]
    readings = [reading(f"{name} grows.", names=[name]) for name in names]
    load(embedded_store, readings)
    joins = resolved(readings)

    assert joins == joins_in(embedded_store)
    assert len({join.entity for join in joins.values()}) == 2


def test_what_is_kept_is_not_asked_of_splink_again(
    resolved: Resolved, reading: Callable[..., Reading], monkeypatch: pytest.MonkeyPatch
) -> None:
    readings = [reading(f"{name} grows.", names=[name]) for name in ("Calder Motors", "Calder")]
    joins = resolved(readings)
    asked = Exception("what is kept was made again")
    for name in ("_block", "_connect"):
        monkeypatch.setattr(f"graph.spark.names.{name}", Mock(side_effect=asked))

    assert resolved(readings) == joins
    assert len(joins) == 2


def test_the_real_article_and_the_gold_documents(
    embedded_store: Store, resolved: Resolved, joins_in: Any, shared_data: Path
) -> None:
    files = sorted(shared_data.glob("*.jsonl"))
    found = [
        item
        for file in files
        if '"entities"' in file.open(encoding="utf-8").readline()
        for item in read_file(str(file))
        if not isinstance(item, Failure)
    ]
    found = found[:: max(1, len(found) // 300)]
    assert len(found) > 50
    load(embedded_store, found)

    assert resolved(found) == joins_in(embedded_store)


def test_of_nothing_nobody_is_known(resolved: Resolved) -> None:
    assert resolved([]) == {}
