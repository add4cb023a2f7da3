"""What FollowTheMoney gets, read by itself, and what must not pass for a tie there."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from extract.ontology import ontology
from graph.export import export
from graph.export.followthemoney import country, write_entities
from graph.export.vocabulary import vocabulary
from graph.names.gazetteer import countries
from graph.store import Store

Entity = dict[str, Any]
UNREAL = {"planned", "rumoured", "disputed", "denied"}
TIES = {"Ownership", "Directorship", "Employment", "Membership", "UnknownLink"}


def _written(store: Store, folder: Path, unconfirmed: bool = True) -> list[Entity]:
    path = export(store, folder / "entities.ftm.json", unconfirmed=unconfirmed).path
    return _read(path)


def _read(path: Path) -> list[Entity]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _statuses(store: Store) -> dict[str, str]:
    """The status of each tie, by its id."""
    rows = store.read("MATCH (:Entity)-[r]->(:Entity) RETURN r.id AS id, r.status AS status")
    return {row["id"]: row["status"] for row in rows}


def test_ftm_validate_keeps_all_of_the_demo(
    demo: Store, tmp_path: Path, unconfirmed: bool, followthemoney: ModuleType
) -> None:
    path = export(demo, tmp_path / "demo.ftm.json", unconfirmed=unconfirmed).path
    valid = [json.loads(line) for line in followthemoney.validate(path)]
    own = [{key: line[key] for key in ("id", "schema", "properties")} for line in valid]
    assert own == _read(path)
    assert len(own) > 150


def test_every_tie_between_all_kinds_fits_the_model(
    tied: Store, tmp_path: Path, unconfirmed: bool, followthemoney: ModuleType
) -> None:
    path = export(tied, tmp_path / "all.ftm.json", unconfirmed=unconfirmed).path
    assert {entity["schema"] for entity in _read(path)} >= TIES
    assert followthemoney.problems(path) == []


def test_what_does_not_fit_the_model_is_found(tmp_path: Path, followthemoney: ModuleType) -> None:
    city = {"id": "e-1", "schema": "Address", "properties": {"name": ["Hefei"]}}
    bad = {"owner": ["e-1"], "asset": ["e-2"], "startDate": ["soon"], "invented": ["x"]}
    path = tmp_path / "bad.ftm.json"
    lines = [city, {"id": "t-1", "schema": "Ownership", "properties": bad}]
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    told = "\n".join(followthemoney.problems(path))
    assert "owner is Address, not LegalEntity" in told
    assert "asset is None" in told
    assert "startDate" in told
    assert "no invented" in told


def test_ftm_knows_every_country(tmp_path: Path, followthemoney: ModuleType) -> None:
    path = tmp_path / "countries.ftm.json"
    lines = [
        {"id": f"c-{n}", "schema": "Address", "properties": {"country": [country(name)]}}
        for n, name in enumerate(countries())
    ]
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    valid = [json.loads(line)["properties"] for line in followthemoney.validate(path)]
    assert valid == [line["properties"] for line in lines]
    assert country("Serbia and Montenegro") == "csxx"  # theirs of "cs" is Czechoslovakia


def test_nothing_unreal_is_a_tie(tied: Store, tmp_path: Path) -> None:
    statuses = _statuses(tied)
    schemata: dict[str, set[str]] = {}
    for entity in _written(tied, tmp_path):
        if entity["id"] in statuses:
            schemata.setdefault(statuses[entity["id"]], set()).add(entity["schema"])
    assert {status: schemata[status] for status in ("planned", "rumoured", "denied")} == {
        "planned": {"Note"},
        "rumoured": {"Note"},
        "denied": {"Note"},
    }
    assert schemata["announced"] == {"UnknownLink"}
    assert "possible" not in schemata
    assert "Note" not in schemata["in_effect"] | schemata["ended"]


def test_a_link_and_a_note_say_what_they_are(tied: Store, tmp_path: Path) -> None:
    statuses = _statuses(tied)
    for entity in _written(tied, tmp_path):
        status = statuses.get(entity["id"], "")
        title = ontology().statuses[status].title if status else ""
        properties = entity["properties"]
        if entity["schema"] == "Note":
            assert properties["name"][0].startswith(f"{title}: ")
            assert properties["summary"][0].startswith(title)
        elif entity["schema"] == "UnknownLink" and status != "in_effect":
            (role,) = properties["role"]
            assert role.endswith(f"({title.lower()})") or properties["endDate"]
        if entity["schema"] in TIES:
            assert properties["status"] == [title]


def test_what_has_ended_on_no_known_day_is_only_a_link(tied: Store, tmp_path: Path) -> None:
    statuses = _statuses(tied)
    ended = [e for e in _written(tied, tmp_path) if statuses.get(e["id"]) == "ended"]
    dated = {e["schema"] for e in ended if "endDate" in e["properties"]}
    assert dated > {"UnknownLink"}
    assert {e["schema"] for e in ended if "endDate" not in e["properties"]} == {"UnknownLink"}


def test_unconfirmed_ties_are_left_out_unless_asked_for(tied: Store, tmp_path: Path) -> None:
    statuses = _statuses(tied)
    told = {statuses.get(entity["id"]) for entity in _written(tied, tmp_path, unconfirmed=False)}
    assert not told & {"rumoured", "disputed", "denied", "possible"}
    assert "planned" in told


def test_the_report_counts_the_notes(tied: Store, tmp_path: Path) -> None:
    report = export(tied, tmp_path / "n.ftm.json", unconfirmed=True)
    counted = Counter(status for status in _statuses(tied).values() if status in UNREAL)
    assert report.notes == counted
    assert report.ties == sum(entity["schema"] in TIES for entity in _read(report.path))
    assert "note" in report.form.lacks


def test_a_tie_has_its_sentences_and_documents(demo: Store, tmp_path: Path) -> None:
    entities = {entity["id"]: entity for entity in _written(demo, tmp_path)}
    ties = [entity for entity in entities.values() if entity["schema"] in TIES | {"Note"}]
    assert ties
    for tie in ties:
        assert all(tie["properties"]["description"])
        assert {entities[id_]["schema"] for id_ in tie["properties"]["proof"]} == {"Article"}


def test_who_owns_whom_is_read_from_either_end(tied: Store, tmp_path: Path) -> None:
    rows = tied.read(
        "MATCH (a:Firm)-[r:SUBSIDIARY_OF {status: 'in_effect'}]->(b:Firm) "
        "RETURN r.id AS id, a.id AS owned, b.id AS owner"
    )
    entities = {entity["id"]: entity["properties"] for entity in _written(tied, tmp_path)}
    assert rows
    for row in rows:
        assert entities[row["id"]]["owner"] == [row["owner"]]
        assert entities[row["id"]]["asset"] == [row["owned"]]
        assert entities[row["id"]]["role"] == ["owns"]


@pytest.mark.parametrize(
    ("type_", "known", "schema"),
    [
        ("ACQUIRED", {}, "Ownership"),
        ("INVESTED_IN", {"stake": "20 per cent"}, "Ownership"),
        ("INVESTED_IN", {}, "UnknownLink"),
        ("MEMBER_OF", {}, "Membership"),
        ("PARTNERS_WITH", {}, "UnknownLink"),
    ],
)
def test_the_schema_of_a_tie(
    embedded_store: Store, tmp_path: Path, type_: str, known: dict[str, str], schema: str
) -> None:
    ends = {"source": "ent-1", "source_kind": "Firm", "target": "ent-2", "target_kind": "Firm"}
    tie = {"id": "tie-1", "type": type_, "label": "is tied to", "status": "in_effect", **ends}
    with (tmp_path / "one").open("w", encoding="utf-8") as file:
        assert not write_entities(embedded_store, [], [{**tie, **known}], file)
    (entity,) = _read(tmp_path / "one")
    assert entity["schema"] == schema
    assert entity["properties"].get("percentage") == (["20"] if known else None)


@pytest.mark.parametrize(
    ("role", "schema"),
    [("chief executive", "Directorship"), ("analyst", "Employment"), (None, "Employment")],
)
def test_who_directs_is_no_mere_employee(
    embedded_store: Store, tmp_path: Path, role: str | None, schema: str
) -> None:
    ends = {"source": "ent-1", "source_kind": "Person", "target": "ent-2", "target_kind": "Firm"}
    tie = {"id": "tie-1", "type": "EMPLOYED_BY", "label": "works for", "status": "in_effect"}
    with (tmp_path / "one").open("w", encoding="utf-8") as file:
        write_entities(embedded_store, [], [tie | ends | ({"role": role} if role else {})], file)
    (entity,) = _read(tmp_path / "one")
    assert entity["schema"] == schema
    assert entity["properties"]["role"] == [role or "works for"]


def test_every_kind_and_status_of_the_ontology_is_mapped() -> None:
    words = vocabulary()["followthemoney"]
    assert set(words["kinds"]) == set(ontology().kinds)
    assert set(words["statuses"]) == {s.name for s in ontology().statuses.values() if s.drawn}
    assert set(words["ties"]) <= set(ontology().relations)
    assert not [type_ for type_ in words["ties"] if ontology().relations[type_].symmetric]
