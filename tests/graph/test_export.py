"""What other programs get of the graph, read back by them."""

from __future__ import annotations

import csv
import os
import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import networkx as nx
import pytest
import rdflib

from extract.errors import InputError
from extract.ontology import ontology
from extract.records import Reading
from graph.doctor import mend
from graph.dump import dump
from graph.export import FORMATS, export
from graph.export.vocabulary import classes
from graph.load import load
from graph.store import Store
from queries.formats import as_csv
from queries.runner import ask

MakeReading = Callable[..., Reading]
TEXT = "=HYPERLINK() of 'Delta \\ Motors' & <b>\"Beta\"</b>;\n\tTwo\x1f lines \u2028 \U0001f697 é."
SPARQL = """
PREFIX s: <https://schema.org/>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX pg: <urn:partnergraph:words:>
SELECT ?one ?relation ?other ?status ?date WHERE {
  ?tie pg:relation ?relation ; pg:status ?status ; pg:source/s:name ?one ; pg:target/s:name ?other ;
       prov:wasDerivedFrom ?claim .
  ?claim s:text ?text ; s:isPartOf/s:datePublished ?date .
}
"""


@pytest.fixture
def readings(reading: MakeReading) -> list[Reading]:
    """Ties of every sort, and texts that could break out of any form."""
    return [
        reading(
            "Alfa with Beta since 2024, Alfa in Hefei until 2025-02.",
            [
                ("Alfa", "PARTNERS_WITH", "Beta", {"since": "2024"}),
                ("Alfa", "FACILITY_IN", "Hefei", {"until": "2025-02", "amount": "EUR 2bn"}),
                ("Gamma", "SUPPLIES", "Alfa", {"until": "2025-02", "modality": "ended"}),
                ("Beta", "ACQUIRED", "Gamma", {"polarity": "denied"}),
                ("Gamma", "SUPPLIES", "Beta", {"modality": "possible", "confidence": 0.3}),
            ],
            date="2025-03-01",
        ),
        reading(TEXT, [("=HYPERLINK()", "SUPPLIES", '<b>"Beta"</b>')], names=["'Delta \\ Motors'"]),
    ]


@pytest.fixture
def full(store: Store, readings: list[Reading]) -> Store:
    load(store, readings)
    return store


@pytest.mark.parametrize("ending", [".graphml", ".gexf"])
@pytest.mark.parametrize("unconfirmed", [False, True])
def test_networkx_reads_the_network(
    full: Store, tmp_path: Path, ending: str, unconfirmed: bool
) -> None:
    told = export(full, tmp_path / f"network{ending}", unconfirmed=unconfirmed)
    read = nx.read_gexf if ending == ".gexf" else nx.read_graphml
    found = read(told.path)
    ours = to_networkx_ids(full, unconfirmed)
    assert set(found.nodes) == set(ours.nodes)
    assert found.number_of_edges() == ours.number_of_edges() == told.ties
    assert told.nodes == len(found)


def to_networkx_ids(store: Store, unconfirmed: bool) -> Any:
    from graph.network import to_networkx

    return to_networkx(store, unconfirmed=unconfirmed)


def test_graphml_keeps_names_numbers_and_one_sentence(full: Store, tmp_path: Path) -> None:
    found = nx.read_graphml(export(full, tmp_path / "n.graphml").path)
    by_name = {data["name"]: id_ for id_, data in found.nodes(data=True)}
    (tie,) = [d for a, b, d in found.edges(data=True) if d["type"] == "FACILITY_IN"]
    assert tie["amount"] == 2e9
    assert tie["sentence"].startswith("Alfa with Beta")
    assert tie["directed"] is True
    assert found.nodes[by_name["Hefei"]]["country"] == "China"
    assert {"=HYPERLINK()", '<b>"Beta"</b>'} <= set(by_name)


def test_gexf_tells_when_a_tie_was(full: Store, tmp_path: Path) -> None:
    text = export(full, tmp_path / "n.gexf").path.read_text(encoding="utf-8")
    assert re.search(r'<edge [^>]* start="2024-01-01">', text)
    assert re.search(r'<edge [^>]* end="2025-02-28">', text)


def test_what_is_denied_is_left_out_or_marked_and_what_is_possible_never_there(
    full: Store, tmp_path: Path
) -> None:
    plain = export(full, tmp_path / "a.graphml").path.read_text(encoding="utf-8")
    marked = export(full, tmp_path / "b.graphml", unconfirmed=True).path.read_text(encoding="utf-8")
    assert "ACQUIRED" not in plain
    assert ">ACQUIRED<" in marked
    assert ">denied<" in marked
    assert "possible" not in marked


def test_spreadsheets_run_no_formula(full: Store, tmp_path: Path) -> None:
    folder = export(full, tmp_path / "sheets", "csv").path
    raw = (folder / "names.csv").read_text(encoding="utf-8")
    assert raw.startswith("\ufeff")
    names = {row["name"] for row in csv.DictReader(raw[1:].splitlines())}
    assert {"'=HYPERLINK()", "Gamma"} <= names
    with (folder / "ties.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    ties = {(row["type"], row["target_name"]) for row in rows}
    assert ("FACILITY_IN", "Hefei") in ties


@pytest.mark.neo4j
@pytest.mark.parametrize("to_server", [True, False])
def test_the_script_makes_the_same_graph_on_the_other_engine(
    embedded_store: Store,
    neo4j_store: Store,
    readings: list[Reading],
    tmp_path: Path,
    to_server: bool,
) -> None:
    one, other = (embedded_store, neo4j_store) if to_server else (neo4j_store, embedded_store)
    load(one, readings)
    path = export(one, tmp_path / "graph.cypher").path
    other.write("MATCH (n) DETACH DELETE n")
    for statement in path.read_text(encoding="utf-8").split(";\n")[:-1]:
        other.write(statement)
    assert list(dump(other)) == list(dump(one))


@pytest.mark.neo4j
def test_neo4j_admin_imports_the_same_graph(
    embedded_store: Store, readings: list[Reading], tmp_path: Path, neo4j_script: ModuleType
) -> None:
    load(embedded_store, readings)
    told = export(embedded_store, tmp_path / "admin", "neo4j-csv")
    home = tmp_path / "home"
    for name in ("conf", "data", "logs", "run", "plugins", "import", "licenses"):
        (home / name).mkdir(parents=True)
    done = subprocess.run(
        [
            *("java", "-cp", f"{neo4j_script.JARS}/*", "org.neo4j.cli.AdminTool"),
            *("database", "import", "full", "neo4j", "--verbose", f"@{told.path / 'import.txt'}"),
        ],
        env={**os.environ, "NEO4J_HOME": str(home), "NEO4J_CONF": str(home / "conf")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    with (
        neo4j_script.running(home) as server,
        Store.open(server.uri, user=server.user, password=server.password) as imported,
    ):
        assert _without_empty_lists(imported) == _without_empty_lists(embedded_store)
        asked = ("partners-of", {"name": "Beta"})
        assert as_csv(ask(imported, *asked)) == as_csv(ask(embedded_store, *asked))
        mend(imported)
        assert load(imported, readings).unchanged == len(readings)


def _without_empty_lists(store: Store) -> list[str]:
    """The dump without what neo4j-admin can't import."""
    return [re.sub(r'"\w+":\[\],?', "", line) for line in dump(store)]


def test_rdf_tools_find_the_sentence_behind_a_tie(full: Store, tmp_path: Path) -> None:
    path = export(full, tmp_path / "graph.jsonld", unconfirmed=True).path
    graph = rdflib.Graph().parse(path, format="json-ld")
    found = {
        (str(row.one), str(row.relation), str(row.other), str(row.status), str(row.date))
        for row in graph.query(SPARQL)
    }
    day = "2025-03-01"
    assert ("Beta", "ACQUIRED", "Gamma", "denied", day) in found
    assert {relation for _, relation, *_ in found} >= {"FACILITY_IN", "PARTNERS_WITH", "SUPPLIES"}
    assert not [row for row in found if row[3] == "possible"]


def test_every_kind_has_a_class_of_schema_org() -> None:
    assert set(classes()) == set(ontology().kinds)


def test_every_form_says_what_it_lacks() -> None:
    assert all(form.lacks and form.use for form in FORMATS.values())


@pytest.mark.parametrize(("name", "form"), [("n.xyz", None), ("n", None), ("n.csv", "excel")])
def test_an_unknown_form_is_one_line(
    embedded_store: Store, tmp_path: Path, name: str, form: str | None
) -> None:
    with pytest.raises(InputError, match="in which form"):
        export(embedded_store, tmp_path / name, form)


def test_where_it_can_not_be_written_is_said(embedded_store: Store, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match="can't be written"):
        export(embedded_store, tmp_path / "file" / "n.graphml")
    with pytest.raises(InputError, match="no folder can be made"):
        export(embedded_store, tmp_path / "file", "csv")
