"""Loading and forgetting, on both engines."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from extract.errors import StoreError
from extract.records import Reading
from graph.change import apply
from graph.dealings import Dealings
from graph.doctor import inspect
from graph.dump import dump
from graph.forget import forget
from graph.load import load
from graph.placement import Placed
from graph.schema import VERSION, ensure_schema
from graph.store import Store, TransactionTooLargeError

Make = Callable[..., Reading]


def test_loading_ten_times_leaves_the_same_graph(store: Store, corpus: tuple[Reading, ...]) -> None:
    first = load(store, corpus)
    graph = list(dump(store))
    for _ in range(9):
        report = load(store, corpus)
    assert (first.new, first.unchanged, first.left_out) == (len(corpus), 0, 0)
    assert (report.new, report.unchanged, report.replaced) == (0, len(corpus), 0)
    assert list(dump(store)) == graph


@pytest.mark.parametrize("seed", range(4))
def test_order_and_batches_do_not_matter(
    store: Store, corpus: tuple[Reading, ...], seed: int
) -> None:
    load(store, corpus)
    graph = list(dump(store))
    store.write("MATCH (n) DETACH DELETE n")
    shuffled = list(corpus)
    random.Random(seed).shuffle(shuffled)
    load(store, shuffled, batch_size=seed + 1)
    assert list(dump(store)) == graph


def test_forgetting_each_document_equals_never_loading_it(
    store: Store, corpus: tuple[Reading, ...]
) -> None:
    for left_out in corpus:
        store.write("MATCH (n) DETACH DELETE n")
        load(store, [reading for reading in corpus if reading is not left_out], batch_size=3)
        without = list(dump(store))
        load(store, [left_out])
        assert forget(store, [left_out.document.id, "doc-unknown"]) == 1
        assert list(dump(store)) == without


def test_forgetting_all_leaves_the_schema_only(store: Store, corpus: tuple[Reading, ...]) -> None:
    load(store, corpus)
    assert forget(store, [reading.document.id for reading in corpus]) == len(corpus)
    assert store.read("MATCH (n) RETURN labels(n) AS labels")[0]["labels"] == ["PartnergraphSchema"]
    assert list(dump(store)) == []


def test_another_reading_of_a_document_replaces_the_first(
    store: Store, reading: Make, corpus: tuple[Reading, ...]
) -> None:
    text = corpus[0].document.text
    better = reading(text, [("Volkswagen", "PARTNERS_WITH", "Hefei")], date="2025-11-03")
    load(store, [better, *corpus[1:]])
    graph = list(dump(store))
    store.write("MATCH (n) DETACH DELETE n")
    load(store, corpus)
    report = load(store, [better])
    assert (report.new, report.replaced) == (0, 1)
    assert list(dump(store)) == graph


def test_of_two_readings_in_one_load_the_earlier_dated_stays(store: Store, reading: Make) -> None:
    twins = [
        reading("One text.", date="2025-02", source="b"),
        reading("One  text.", date="2025-01", source="c"),
    ]
    graphs = []
    for order in (twins, twins[::-1]):
        for size in (1, 2):
            store.write("MATCH (n) DETACH DELETE n")
            load(store, order, batch_size=size)
            graphs.append(list(dump(store)))
    assert all(graph == graphs[0] for graph in graphs)
    assert store.read("MATCH (d:Document) RETURN d.source AS source")[0]["source"] == "c"


def test_a_failure_leaves_whole_documents_only(
    store: Store, corpus: tuple[Reading, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    load(store, corpus[:4], batch_size=2)
    graph = list(dump(store))
    store.write("MATCH (n) DETACH DELETE n")

    def fail(*_: object) -> None:
        raise RuntimeError("power cut")

    load(store, corpus[:2])
    with monkeypatch.context() as patch:
        patch.setattr(Dealings, "_write_ties", fail)
        with pytest.raises(RuntimeError, match="power cut"):
            load(store, corpus[2:4])
    assert store.read("MATCH (d:Document) RETURN count(d) AS n")[0]["n"] == 2
    load(store, corpus[:4])
    assert list(dump(store)) == graph


def test_a_batch_too_large_for_the_server_is_loaded_in_halves(
    store: Store, corpus: tuple[Reading, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = load(store, corpus)
    graph = list(dump(store))
    store.write("MATCH (n) DETACH DELETE n")
    sizes = []

    def small_server(tx: object, remove: Sequence[str], add: Sequence[object]) -> list[Placed]:
        sizes.append(len(add))
        if len(add) > 2:
            raise TransactionTooLargeError("too little memory")
        return apply(tx, remove, add)  # type: ignore[arg-type]

    monkeypatch.setattr("graph.load.apply", small_server)
    assert load(store, corpus) == whole
    assert list(dump(store)) == graph
    assert len(corpus) in sizes
    monkeypatch.setattr("graph.load.apply", lambda *_: small_server(None, (), corpus))
    with pytest.raises(TransactionTooLargeError):
        load(store, [replace(corpus[0], statements=())])


def test_a_broken_stream_keeps_the_batches_before_it(
    store: Store, corpus: tuple[Reading, ...]
) -> None:
    def stream() -> object:
        yield from corpus[:3]
        raise StoreError("the stream broke")

    with pytest.raises(StoreError, match="broke"):
        load(store, stream(), batch_size=2)  # type: ignore[arg-type]
    assert store.read("MATCH (d:Document) RETURN count(d) AS n")[0]["n"] == 2


def test_kind_changes_with_the_majority_and_back(store: Store, reading: Make) -> None:
    as_firm = [("Alpha", "PARTNERS_WITH", "Beta")]
    university = {"Alpha": ("ORG", "university")}
    load(store, [reading("Alpha with Beta.", as_firm)])
    graph = list(dump(store))
    others = [
        reading(f"Alpha with Beta {word}.", as_firm, kinds=university) for word in ("again", "too")
    ]
    load(store, others)
    found = store.read(
        "MATCH (e:Entity {name: 'Alpha'}) RETURN labels(e) AS labels, e.kind AS kind"
    )
    assert (sorted(found[0]["labels"]), found[0]["kind"]) == (
        ["Entity", "University"],
        "University",
    )
    ties = store.read(
        "MATCH (a:University)-[r:PARTNERS_WITH]-(b:Firm) RETURN r.documents AS documents"
    )
    assert [record["documents"] for record in ties] == [3]
    forget(store, [other.document.id for other in others])
    assert list(dump(store)) == graph


def test_a_tie_in_majority_keeps_the_ontology_order(store: Store, reading: Make) -> None:
    load(store, [reading("Alpha.", names=["Alpha"], kinds={"Alpha": ("ORG", "media")})])
    load(store, [reading("Alpha again.", names=["Alpha"])])
    assert store.read("MATCH (e:Entity) RETURN e.kind AS kind")[0]["kind"] == "Firm"


def test_denied_disputed_and_rumoured_ties_bear_no_real_name(
    store: Store, reading: Make, corpus: tuple[Reading, ...]
) -> None:
    rumour = reading("Eta may buy Zeta.", [("Eta", "ACQUIRED", "Zeta", {"modality": "rumoured"})])
    load(store, [*corpus, rumour])
    assert not store.read("MATCH (a)-[r:ACQUIRED]-(b) RETURN r")
    rows = store.read(
        "MATCH (a:Entity)-[r:UNCONFIRMED]->(b:Entity) "
        "RETURN a.name AS a, r.type AS type, r.status AS status, b.name AS b ORDER BY a"
    )
    assert [tuple(row.values()) for row in rows] == [
        ("Alpha", "ACQUIRED", "denied", "Gamma"),
        ("Delta", "ACQUIRED", "disputed", "Gamma"),
        ("Eta", "ACQUIRED", "rumoured", "Zeta"),
    ]


def test_a_venture_of_three_is_one_partnership(store: Store, corpus: tuple[Reading, ...]) -> None:
    load(store, corpus)
    (found,) = store.read(
        "MATCH (p:Partnership {type: 'JOINT_VENTURE_WITH'})-[:SITED_IN]->(place:Place) "
        "RETURN p.title AS title, p.amount AS amount, p.currency AS currency, p.status AS status, "
        "place.name AS place, COUNT { (p)<-[:PARTY_TO]-() } AS parties, "
        "COUNT { (p)<-[:ABOUT]-() } AS statements"
    )
    assert found.data() == {
        "title": "Alpha – Beta – Volkswagen (joint venture)",
        "amount": 2_000_000_000,
        "currency": "EUR",
        "status": "announced",
        "place": "Rugao",
        "parties": 3,
        "statements": 3,
    }


def test_a_facility_has_its_place_and_people(store: Store, corpus: tuple[Reading, ...]) -> None:
    load(store, corpus)
    (found,) = store.read(
        "MATCH (f:Firm)-[r:PARTY_TO]->(p:Partnership)-[:SITED_IN]->(c:Place {name: 'Hefei'}) "
        "RETURN f.name AS firm, r.role AS role, p.kind AS kind, p.people AS people, "
        "p.title AS title"
    )
    assert found.data() == {
        "firm": "Volkswagen",
        "role": "operator",
        "kind": "rnd_centre",
        "people": 700,
        "title": "Volkswagen – Hefei (R&D centre)",
    }


def test_groups_of_two_documents_stay_two(store: Store, corpus: tuple[Reading, ...]) -> None:
    load(store, corpus)
    rows = store.read("MATCH (g:Group) RETURN g.name AS name, g.count AS count")
    assert [tuple(row.values()) for row in rows] == [("38 firms", 38)] * 2


def test_spellings_of_one_name_are_one_entity(store: Store, corpus: tuple[Reading, ...]) -> None:
    load(store, corpus)
    (found,) = store.read(
        "MATCH (:Name {key: 'vw'})<-[:NAMED]-(e:Entity) "
        "RETURN e.name AS name, e.aliases AS aliases, e.documents AS documents"
    )
    assert found.data() == {
        "name": "Volkswagen",
        "aliases": ["VW", "Volkswagen AG"],
        "documents": 4,
    }
    assert store.read("MATCH (e:Place {name: 'Britain'})-[r:PARTNERS_WITH]-(c) RETURN c") or (
        store.read("MATCH (e:Place {name: 'UK'})-[r:PARTNERS_WITH]-(c) RETURN c")
    )


def test_a_renamed_party_renames_its_partnership(store: Store, reading: Make) -> None:
    load(store, [reading("VW in Hefei.", [("VW", "FACILITY_IN", "Hefei")])])
    load(store, [reading(f"Volkswagen {i}.", names=["Volkswagen"]) for i in range(2)])
    titles = store.read("MATCH (p:Partnership) RETURN p.title AS title")
    assert [row["title"] for row in titles] == ["Volkswagen – Hefei (site)"]


def test_what_the_ontology_has_no_place_for_is_counted(store: Store, reading: Make) -> None:
    strange = reading(
        "Alpha knows Beta and the Moon.",
        [("Alpha", "ADMIRES", "Beta"), ("Alpha", "SUPPLIES", "Moon"), ("VW", "SUPPLIES", "VW AG")],
        kinds={"Moon": ("MISC", "")},
    )
    assert load(store, [strange]).left_out == 4
    assert not store.read("MATCH (s:Statement) RETURN s")
    assert not [finding for finding in inspect(store) if finding.level == "problem"]


@pytest.mark.parametrize(
    "text",
    [
        "'); MATCH (n) DETACH DELETE n //",
        '" OR 1=1 `}) DELETE n',
        "<script>alert(1)</script> \\u0027 ${x} {{y}}",
        "nul \0 bell \a right-to-left \u202e mark",
        "half \ud800 a character",
        "emoji 👩‍🔬 and 漢字 and ﷽",
        "x" * 1_900,
        "",
        "\\",
    ],
)
def test_hostile_strings_are_kept_as_text(store: Store, reading: Make, text: str) -> None:
    kinds = {text: ("ORG", "firm")}
    hostile = reading(
        text or "empty", [(text, "SUPPLIES", "Beta", {"role": text, "kind": text})], kinds=kinds
    )
    report = load(store, [hostile])
    assert (report.new, report.statements) == (1, 1)
    (found,) = store.read("MATCH (s:Statement) RETURN s.text AS text")
    assert found["text"] == (text or "empty").replace("\ud800", "\ufffd")
    graph = list(dump(store))
    load(store, [hostile])
    assert list(dump(store)) == graph
    forget(store, [hostile.document.id])
    assert list(dump(store)) == []


def test_on_document_is_told_in_order(store: Store, corpus: tuple[Reading, ...]) -> None:
    told: list[tuple[str, str]] = []
    load(store, corpus[:1])
    load(
        store,
        corpus[:3],
        batch_size=2,
        on_document=lambda document, state: told.append((document.id, state)),
    )
    ids = [reading.document.id for reading in corpus[:3]]
    assert told == list(zip(ids, ["unchanged", "new", "new"], strict=True))


def test_the_schema_is_made_once(store: Store) -> None:
    ensure_schema(store)
    ensure_schema(store)
    assert store.read("MATCH (v:PartnergraphSchema) RETURN v.version AS v")[0]["v"] == VERSION


def test_a_newer_graph_is_refused(store: Store, corpus: tuple[Reading, ...]) -> None:
    ensure_schema(store)
    store.write("MATCH (v:PartnergraphSchema) SET v.version = 99")
    with pytest.raises(StoreError, match="version 99"):
        load(store, corpus)
