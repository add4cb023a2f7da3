"""Who is who, from names and from what documents say."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from extract.records import Entity, Mention, Reading
from graph.load import load
from graph.resolution.judgements import Judged
from graph.resolution.portrait import portray
from graph.resolution.review import unsure_pairs
from graph.resolution.within import refer
from graph.store import Store

Make = Callable[..., Reading]


def _entities(store: Store) -> dict[str, str]:
    """Name of a reference → name of its entity."""
    rows = store.read(
        "MATCH (r:Reference)-[:REFERS_TO]->(e:Entity) RETURN r.name AS name, e.name AS entity"
    )
    return {row["name"]: row["entity"] for row in rows}


def _calling(reading: Reading, name: str, other: str) -> Reading:
    """The reading, in which the entity ``name`` is also called ``other``."""
    entities = tuple(
        replace(e, aliases=(other,), mentions=(*e.mentions, Mention(0, len(other), other)))
        if e.name == name
        else e
        for e in reading.entities
    )
    return replace(reading, entities=entities)


def test_a_short_name_in_another_document_is_the_full_one(store: Store, reading: Make) -> None:
    load(
        store, [reading("Calder Motors.", names=["Calder Motors"]), reading("x", names=["Calder"])]
    )
    assert set(_entities(store).values()) in ({"Calder Motors"}, {"Calder"})
    (join,) = store.read(
        "MATCH (:Reference)-[t:REFERS_TO {by: 'evidence'}]->() RETURN properties(t) AS t"
    )
    assert join["t"]["probability"] > 0.7
    assert join["t"]["reasons"] == ["only one has motors"]


def test_a_short_name_of_two_is_of_neither_and_the_portrait_says_so(
    store: Store, reading: Make
) -> None:
    names = ("Calder Motors", "Calder Bank", "Calder")
    load(store, [reading(f"{name} speaks.", names=[name]) for name in names])
    assert _entities(store) == {name: name for name in names}
    (row,) = store.read("MATCH (e:Entity {name: 'Calder'}) RETURN e.id AS id")
    misses = {miss.name: miss for miss in portray(store, row["id"]).misses}
    assert misses.keys() == {"Calder Motors", "Calder Bank"}
    assert "may be that of Calder Bank, too" in misses["Calder Motors"].reasons[0]


def test_a_unit_that_a_document_ties_to_its_parent_stays_apart(store: Store, reading: Make) -> None:
    tie = ("Calder Motors", "SUBSIDIARY_OF", "Calder")
    load(store, [reading("Calder Motors, a unit of Calder.", [tie])])
    assert _entities(store) == {"Calder Motors": "Calder Motors", "Calder": "Calder"}
    (row,) = store.read("MATCH (e:Entity {name: 'Calder'}) RETURN e.id AS id")
    (miss,) = portray(store, row["id"]).misses
    assert miss.reasons[0] == "a document ties the two to each other"


def test_names_that_differ_are_not_said_to_be_tied(store: Store, reading: Make) -> None:
    load(store, [reading("x", names=["Calder Motors"]), reading("y", names=["Calder Bank"])])
    (row,) = store.read("MATCH (e:Entity {name: 'Calder Bank'}) RETURN e.id AS id")
    (miss,) = portray(store, row["id"]).misses
    assert miss.reasons == ("words differ: bank / motors",)


def test_what_a_text_calls_by_two_names_is_one_in_all_texts(store: Store, reading: Make) -> None:
    said = _calling(reading("Quaymark.", names=["Quaymark"]), "Quaymark", "Zephyr Yards")
    load(store, [said, reading("Zephyr Yards grow.", names=["Zephyr Yards"])])
    assert len(set(_entities(store).values())) == 1
    load(store, [reading("Quaymark.", names=["Quaymark"])])  # read anew, without that name
    assert len(set(_entities(store).values())) == 2


def test_what_one_document_names_twice_is_one_reference(reading: Make) -> None:
    made = reading("Calder Motors and Calder.", names=["Calder Motors", "Calder"])
    assert len(set(refer(made).values())) == 1
    bank = reading("x", names=["Calder Motors", "Calder", "Calder Bank"])
    assert len(set(refer(bank).values())) == 3
    tied = reading("x", [("Calder", "INVESTED_IN", "Calder Motors")])
    assert len(set(refer(tied).values())) == 2


def test_a_reference_goes_by_its_own_name(store: Store, reading: Make) -> None:
    made = reading("Calder Motors and Calder, Calder.", names=["Calder Motors", "Calder"])
    often = tuple(
        replace(e, mentions=e.mentions * 3) if e.name == "Calder" else e for e in made.entities
    )
    load(store, [replace(made, entities=often)])
    (row,) = store.read("MATCH (r:Reference) RETURN r.id AS id, r.name AS name, r.type AS type")
    assert row["name"] == "Calder Motors"
    assert Judged(row["type"], row["name"]).reference == row["id"]


def test_a_person_of_the_same_firm_is_likelier_the_same(store: Store, reading: Make) -> None:
    kinds = {"Oliver Blume": ("PER", "person"), "Blume": ("PER", "person")}
    work = [
        ("Oliver Blume", "EMPLOYED_BY", "Calder Motors"),
        ("Blume", "EMPLOYED_BY", "Calder Motors"),
    ]
    load(store, [reading(f"{tie[0]} of {tie[2]}.", [tie], kinds=kinds) for tie in work])
    assert _entities(store)["Blume"] == _entities(store)["Oliver Blume"]
    (join,) = store.read("MATCH (:Reference)-[t {by: 'evidence'}]->() RETURN t.reasons AS reasons")
    assert join["reasons"][0] == "people, places or partners that documents tie to both: 1"


def test_a_surname_alone_stays_open_for_review(store: Store, reading: Make) -> None:
    kinds: dict[str, Any] = dict.fromkeys(("Oliver Blume", "Blume"), ("PER", "person"))
    load(store, [reading(f"{name}.", kinds=kinds, names=[name]) for name in kinds])
    assert _entities(store) == {"Blume": "Blume", "Oliver Blume": "Oliver Blume"}
    (pair,) = unsure_pairs(store)
    assert {pair.a.judged.name, pair.b.judged.name} == {"Blume", "Oliver Blume"}
    assert (pair.probability, pair.joined) == (0.5, False)
    assert pair.a.sentences


def test_places_in_two_languages_are_one(store: Store, reading: Make) -> None:
    kinds = dict.fromkeys(("Munich", "München"), ("LOC", "city"))
    load(store, [reading(f"In {name}.", kinds=kinds, names=[name]) for name in kinds])
    assert len(set(_entities(store).values())) == 1


def test_a_person_and_a_firm_of_one_name_are_two(store: Store, reading: Make) -> None:
    person = {"Calder": ("PER", "person")}
    load(
        store,
        [
            reading("Calder.", names=["Calder"]),
            reading("Mr Calder.", kinds=person, names=["Calder"]),
        ],
    )
    assert len(store.read("MATCH (e:Entity) RETURN e")) == 2


@pytest.mark.parametrize("name", ["", " ", "!!!", "x" * 10_000, "Vоlkswagen", "أرامكو", "\ud800"])
def test_any_name_can_be_loaded(store: Store, reading: Make, name: str) -> None:
    made = reading("Text.", names=["Alpha"])
    strange = Entity("s", "ORG", "firm", name, mentions=(Mention(0, 4, "Text"),))
    load(store, [replace(made, entities=(*made.entities, strange))])
    assert len(store.read("MATCH (r:Reference) RETURN r")) == 2
