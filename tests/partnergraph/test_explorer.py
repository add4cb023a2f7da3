"""The graph as one object, as notebooks use it."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from partnergraph import Graph, QueryError, StoreError


@pytest.fixture
def graph(built: Path) -> Iterator[Graph]:
    """The graph of the short article."""
    with Graph.open(built) as opened:
        yield opened


def test_it_builds_and_asks(tmp_path: Path, note: Path) -> None:
    with Graph.open(tmp_path / "new") as graph:
        report = graph.build(note)
        assert report.counts["new"] == 1
        result = graph.query("partners-of", name="Halvorsen Marine")
    assert len(result) == 1
    assert result.columns[:3] == ("entity", "tie", "partner")


def test_rows_are_plain_where_a_table_needs_it(graph: Graph) -> None:
    (row,) = graph.query("partners-of", name="Halvorsen Marine").to_dicts()
    assert row["partner"] == "Gdansk"
    assert row["tie"] == "Halvorsen Marine AS –has a site in→ Gdansk"
    assert row["place"] == []
    assert isinstance(row["confidence"], float)
    (raw,) = graph.query("partners-of", name="Halvorsen Marine")
    assert raw["partner"].properties["kind"] == "City"


def test_parameters_may_be_values_of_python(graph: Graph) -> None:
    asked = graph.query("partners-of", name="Halvorsen Marine", unconfirmed=True, limit=3)
    assert asked.answer.parameters["unconfirmed"] is True
    assert asked.answer.parameters["limit"] == 3
    period = graph.query("ties-in-period", from_=date(2025, 1, 1), to="2025")
    assert period.answer.parameters["from"] == "2025-01-01"


def test_it_becomes_a_network(graph: Graph) -> None:
    network = graph.query("partners-of", name="Halvorsen Marine").to_networkx()
    assert sorted(data["name"] for _, data in network.nodes(data=True)) == [
        "Gdansk",
        "Halvorsen Marine AS",
    ]
    ((_, _, tie),) = network.edges(data=True)
    assert (tie["type"], tie["amount_text"]) == ("FACILITY_IN", "EUR 40m")
    assert graph.to_networkx().number_of_nodes() == 2


def test_it_is_shown_and_saved(graph: Graph, tmp_path: Path) -> None:
    result = graph.query("partners-of", name="Halvorsen Marine")
    assert "<iframe" in result.show()._repr_html_()
    assert "<td>Gdansk</td>" in result._repr_html_()
    page = result.save(tmp_path / "page.html")
    assert "Partners of Halvorsen Marine" in page.read_text(encoding="utf-8")
    told = result.save(tmp_path / "rows.csv").read_text(encoding="utf-8")
    assert next(csv.DictReader(told.splitlines()))["partner"] == "Gdansk"
    assert json.loads(result.save(tmp_path / "rows.json").read_text(encoding="utf-8"))


def test_what_a_document_says_is_no_markup_in_a_notebook(graph: Graph) -> None:
    result = graph.cypher("RETURN '<script>alert(1)</script>' AS text")
    assert "<script>" not in result._repr_html_()


def test_cypher_and_entities(graph: Graph) -> None:
    found = graph.cypher("MATCH (p:Place {name: $name}) RETURN p.country AS c", name="Gdansk")
    assert found.to_dicts() == [{"c": "Poland"}]
    (profile,) = graph.entity("Halvorsen Marine")
    assert profile.kind == "Firm"


def test_errors_are_those_of_the_command_line(graph: Graph, tmp_path: Path) -> None:
    with pytest.raises(QueryError, match="did you mean partners-of"):
        graph.query("partner-of", name="x")
    with pytest.raises(QueryError, match="would write"):
        graph.cypher("MATCH (n:Place) SET n.seen = true RETURN n")
    with pytest.raises(StoreError):
        Graph.open(tmp_path / "none", create=False)


def test_what_can_not_be_is_said(graph: Graph, tmp_path: Path) -> None:
    result = graph.query("joint-ventures", limit=None)
    assert repr(result).startswith("<Result of joint-ventures: 0 rows of deal, parties")
    with pytest.raises(QueryError, match=r"name it \.html, \.csv or \.json"):
        result.save(tmp_path / "rows.xlsx")
    with pytest.raises(QueryError, match="one row at least"):
        graph.analyse("degree", limit=0)


def test_pandas_gets_the_rows(graph: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    given: dict[str, Any] = {}

    def data_frame(rows: Any, columns: Any) -> str:
        given.update(rows=rows, columns=columns)
        return "frame"

    monkeypatch.setitem(sys.modules, "pandas", SimpleNamespace(DataFrame=data_frame))
    result = graph.query("partners-of", name="Halvorsen Marine")
    assert result.to_pandas() == "frame"
    assert given == {"rows": result.to_dicts(), "columns": list(result.columns)}


def test_without_pandas_it_says_what_to_do(graph: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(QueryError, match="pip install pandas"):
        graph.query("joint-ventures").to_pandas()


def test_it_says_what_may_be_asked_for(graph: Graph) -> None:
    assert graph.suggest("ties-of-place", "place") == ["Gdansk"]
    assert graph.suggest("partners-of", "name", "halv") == ["Halvorsen Marine AS"]
    with pytest.raises(QueryError, match="has no parameter 'nmae': name, unconfirmed, limit"):
        graph.suggest("partners-of", "nmae")


def test_what_was_measured_may_be_kept(graph: Graph) -> None:
    graph.analyse("degree", write=True)
    (kept,) = graph.cypher("MATCH (m:Measure) RETURN m.id AS id").to_dicts()
    assert kept == {"id": "partners"}
