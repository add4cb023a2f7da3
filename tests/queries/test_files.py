"""Pictures of files, without any database."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks.corpus import readings
from extract.errors import InputError
from extract.exchange import write_reading
from graph.load import load
from graph.store import Store
from queries.drawing import draw
from queries.files import picture_of
from queries.page.payload import make_payloads
from queries.picture import Picture
from queries.runner import run_cypher

_TEXT = st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=12)


def write_exchange(file: Path, readings: Any) -> Path:
    file.write_text("".join(write_reading(one) + "\n" for one in readings), encoding="utf-8")
    return file


def tied(picture: Picture) -> set[tuple[str, str, str, str]]:
    names = {node.id: node.name for node in picture.nodes}
    return {(names[t.source], t.type, names[t.target], t.status) for t in picture.links}


def test_a_file_is_drawn_as_the_graph_of_it_would_be(embedded_store: Store, tmp_path: Path) -> None:
    texts = list(readings(4))
    drawn = picture_of(write_exchange(tmp_path / "told.jsonl", texts))
    load(embedded_store, texts)
    answer = run_cypher(embedded_store, "MATCH (a:Entity)-[t]->(b:Entity) RETURN a, t, b", {})
    stored = draw(embedded_store, answer)

    assert tied(drawn) == tied(stored)
    # Who is based where is told by the ties of a file, all of which are drawn.
    assert drawn.nodes == tuple(replace(node, home=None) for node in stored.nodes)
    assert drawn.evidence == stored.evidence
    assert {link.id: link for link in drawn.links} == {link.id: link for link in stored.links}
    assert "names are one where they are equal" in drawn.note


def test_what_is_only_possible_is_not_drawn(tmp_path: Path) -> None:
    row = json.loads(write_reading(next(readings(1))))
    for statement in row["relations"]:
        statement["modality"] = "possible"
    (tmp_path / "told.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")

    assert picture_of(tmp_path / "told.jsonl").links == ()


def write_graphml(file: Path, graph: Any) -> Path:
    nx.write_graphml(graph, file)
    return file


def test_graphml_of_another_program_keeps_names_kinds_types_and_the_rest(tmp_path: Path) -> None:
    graph = nx.MultiDiGraph()
    graph.add_node("a", label="Scania", kind="Firm", founded=1891)
    graph.add_node("b", name="Rugao", type="City")
    graph.add_node("c")
    graph.add_edge("a", "b", type="FACILITY_IN", confidence=0.75, status="planned", since="2025")
    graph.add_edge("a", "b", label="likes")
    graph.add_edge("c", "c")
    picture = picture_of(write_graphml(tmp_path / "far.graphml", graph), "From afar")

    assert picture.title == "From afar"
    nodes = {node.id: node for node in picture.nodes}
    assert (nodes["a"].name, nodes["a"].kind) == ("Scania", "Firm")
    assert nodes["a"].properties == {"founded": "1891"}
    assert (nodes["b"].name, nodes["b"].kind, nodes["c"].name) == ("Rugao", "City", "c")
    plant = next(link for link in picture.links if link.type == "FACILITY_IN")
    assert (plant.confidence, plant.status, plant.properties) == (
        0.75,
        "planned",
        {"since": "2025"},
    )
    assert {link.type for link in picture.links} == {"FACILITY_IN", "likes", "RELATED_TO"}


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.dictionaries(st.integers(0, 8).map(str), _TEXT, max_size=6),
    st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5), _TEXT), max_size=10),
    st.booleans(),
)
def test_any_graph_gives_a_page(
    tmp_path: Path, names: dict[str, str], edges: list[tuple[int, int, str]], directed: bool
) -> None:
    graph = nx.MultiDiGraph() if directed else nx.MultiGraph()
    for id_, name in names.items():
        graph.add_node(id_, name=name)
    for one, other, type_ in edges:
        graph.add_edge(str(one), str(other), type=type_)
    payload = make_payloads(picture_of(write_graphml(tmp_path / "any.graphml", graph)))[0]

    assert len(payload["nodes"]) == graph.number_of_nodes()
    assert len(payload["links"]) == graph.number_of_edges()


BAD = {
    "cut.graphml": b"<graphml><graph><node id=",
    "empty.graphml": b"",
    "other.graphml": b"<html><body>no</body></html>",
    "latin.graphml": "<graphml>\xe9</graphml>".encode("latin-1"),
    "laughs.graphml": b'<!DOCTYPE lolz [<!ENTITY lol "lol">]><graphml></graphml>',
    "spaced.graphml": b'<! doctype x SYSTEM "file:///etc/passwd"><graphml></graphml>',
    "odd.graphml": (
        b'<graphml xmlns="http://graphml.graphdrawing.org/xmlns"><key id="k" for="node" '
        b'attr.name="n" attr.type="int"/><graph edgedefault="directed"><node id="a">'
        b'<data key="k">many</data></node></graph></graphml>'
    ),
    "bad.jsonl": b"{not json}\n",
    "bytes.jsonl": b"\xff\xfe\x00",
    "told.txt": b"Alpha with Beta.",
    "told": b"",
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_a_file_that_is_none_of_these_is_one_line(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(BAD[name])

    with pytest.raises(InputError) as error:
        picture_of(tmp_path / name)
    assert name in str(error.value)
    assert "\n" not in str(error.value)


def test_a_file_that_is_not_there_is_one_line(tmp_path: Path) -> None:
    for name in ("gone.jsonl", "gone.graphml"):
        with pytest.raises(InputError, match="check the path"):
            picture_of(tmp_path / name)


def test_a_line_that_is_none_does_not_stop_the_rest(tmp_path: Path) -> None:
    file = write_exchange(tmp_path / "told.jsonl", readings(2))
    whole = picture_of(file)
    file.write_text("{not json}\n" + file.read_text(encoding="utf-8"), encoding="utf-8")
    picture = picture_of(file)

    assert picture.links == whole.links
    assert "1 left out" in picture.note
    assert "told.jsonl:1" in picture.note


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ("denied", "denied"),
        ("Denied", "denied"),
        ("In effect", "in_effect"),
        ("cancelled", "cancelled"),
        (None, "in_effect"),
    ],
)
def test_a_status_that_nobody_vouches_for_is_not_in_effect(
    tmp_path: Path, said: str | None, status: str
) -> None:
    graph = nx.DiGraph()
    graph.add_edge("a", "b", **({"status": said} if said else {}))
    picture = picture_of(write_graphml(tmp_path / "far.graphml", graph))

    assert picture.links[0].status == status
    confirmed = [row["confirmed"] for row in make_payloads(picture)[0]["statuses"]]
    assert confirmed == [status == "in_effect"]


def test_a_file_without_ties_says_so(tmp_path: Path) -> None:
    (tmp_path / "none.jsonl").write_text("")
    assert "no tie" in picture_of(tmp_path / "none.jsonl").note
