"""The article that partnergraph was made for: what must be in its graph, with its sentence."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from extract.clean import without_marks
from graph.dump import dump
from graph.load import load
from graph.store import Store
from partnergraph.intake import build, read
from queries.drawing import draw
from queries.runner import ask
from queries.values import NodeValue


@pytest.fixture(scope="module")
def source(shared_data: Path) -> Path:
    """The article as a copy-and-paste left it."""
    return shared_data / "article_innovation_race.txt"


@pytest.fixture(scope="module")
def article(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Any:
    with Store.open(tmp_path_factory.mktemp("article") / "graph") as store:
        report = build([str(source)], store)
        assert report.counts == {"new": 1}
        yield store


def answer(store: Store, question: str, **parameters: str) -> list[dict[str, Any]]:
    found = ask(store, question, parameters)
    return [
        {
            column: value.name if isinstance(value, NodeValue) else value
            for column, value in zip(found.columns, row, strict=True)
        }
        for row in found.rows
    ]


def partner(store: Store, firm: str, other: str) -> dict[str, Any]:
    rows = [row for row in answer(store, "partners-of", name=firm) if row["partner"] == other]
    assert len(rows) == 1, rows
    return rows[0]


def test_volkswagen_has_a_research_centre_of_700_in_hefei(article: Store) -> None:
    row = partner(article, "Volkswagen", "Hefei")
    assert (row["kind"], row["people"], row["status"]) == ("rnd_centre", 700, "in_effect")


def test_scania_opened_a_factory_for_two_billion_euros_in_rugao(article: Store) -> None:
    row = partner(article, "Scania", "Rugao")
    assert (row["kind"], row["amount"]) == ("plant", "EUR 2bn")
    assert row["since"].endswith("-10")


def test_renault_has_a_research_centre_in_shanghai(article: Store) -> None:
    assert partner(article, "Renault", "Shanghai")["kind"] == "rnd_centre"


@pytest.mark.parametrize("firm", ["Mercedes-Benz", "BMW", "Volkswagen", "Stellantis"])
def test_each_maker_is_partner_of_the_counted_group(article: Store, firm: str) -> None:
    (row,) = [row for row in answer(article, "partners-of", name=firm) if "38" in row["partner"]]
    assert row["since"] == "2018"
    (group,) = article.read("MATCH (g:Group) RETURN g.count AS count")
    assert group["count"] == 38


def test_the_united_kingdom_and_china_signed_a_statement(article: Store) -> None:
    rows = answer(article, "partnerships-between", a="UK", b="China")
    assert [row["kind"] for row in rows] == ["government"]


@pytest.mark.parametrize(
    ("organisation", "person"),
    [
        ("Eurasia Group", "Dan Wang"),
        ("Center for China Analysis", "Lizzi Lee"),
        ("University of Southern California", "Angela Huyue Zhang"),
        ("Scania", "Sonia Ederstål"),
        ("Industrial Transition Accelerator", "Faustine Delasalle"),
        ("Gavekal Dragonomics", "Tilly Zhang"),
        ("International Institute for Management Development", "Mark Greeven"),
        ("Volkswagen", "Marcus Hafkemeyer"),
    ],
)
def test_people_quoted_and_where_they_work(article: Store, organisation: str, person: str) -> None:
    assert person in str(answer(article, "people-of", name=organisation))


def test_every_tie_leads_to_its_sentence(article: Store, source: Path) -> None:
    rows = article.read(
        "MATCH (:Entity)-[t]->(:Entity) UNWIND t.statements AS id "
        "OPTIONAL MATCH (s:Statement {id: id})-[:STATED_IN]->(d:Document) "
        "RETURN type(t) AS type, s.text AS text, d.id AS document"
    )
    text = " ".join(without_marks(source.read_text(encoding="utf-8")).split())
    assert len(rows) > 20
    for row in rows:
        assert row["document"]
        assert all(part in text for part in row["text"].split(" … ")), row["text"]


def test_furniture_gives_no_entities(article: Store) -> None:
    names = {row["name"] for row in article.read("MATCH (e:Entity) RETURN e.name AS name")}
    furniture = ("Edward White", "Gloria Li", "Tina Hu", "Stem", "Electrical", "Medicine", "Photo")
    assert not [name for name in names for word in furniture if word in name]
    assert not [name for name in names if "Association of Automobile" in name]


def test_the_page_shows_the_deal_with_its_sentence(article: Store) -> None:
    picture = draw(article, ask(article, "partners-of", {"name": "Scania"}))
    assert {"Scania", "Rugao"} <= {node.name for node in picture.nodes}
    assert any("€2bn factory" in sentence.text for sentence in picture.evidence)


@pytest.mark.neo4j
def test_the_graph_is_the_same_on_both_engines(
    source: Path, embedded_store: Store, neo4j_store: Store
) -> None:
    readings = list(read([str(source)]))
    load(embedded_store, readings)
    load(neo4j_store, readings)
    one, other = list(dump(embedded_store)), list(dump(neo4j_store))
    assert len(one) > 300
    assert one == other
