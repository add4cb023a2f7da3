"""The questions of time, structure, ownership and quality, on two years of the invented world."""

from __future__ import annotations

from itertools import permutations

import pytest

from extract.errors import QueryError
from extract.records import Document, Entity, Mention, Reading, Span, Statement, document_id
from graph.load import load
from graph.store import Store
from queries.formats import in_words, tie_label
from queries.runner import ask
from queries.values import TieValue


def told(
    store: Store, name: str, parameters: dict[str, str], *columns: str
) -> list[tuple[str, ...]]:
    """These columns of an answer, in words; a tie by its label."""
    answer = ask(store, name, parameters)
    at = [answer.columns.index(column) for column in columns]
    return [
        tuple(
            tie_label(row[i]) if isinstance(row[i], TieValue) else in_words(row[i])  # type: ignore[arg-type]
            for i in at
        )
        for row in answer.rows
    ]


def test_a_rumour_that_came_true(history: Store) -> None:
    found = told(history, "rumours-come-true", {}, "one", "other", "first", "rumoured", "real")
    assert found == [("Alfa Motors", "Delta Chips", "rumoured", "2023-03-01", "2024-06-10")]


def test_what_changed_between_two_dates(history: Store) -> None:
    found = told(
        history,
        "changes-between",
        {"from": "2024", "to": "2024"},
        *("change", "one", "other", "before", "within"),
    )
    changed = {row[0]: row[1:] for row in found if row[0] != "new"}
    assert changed["status changed"] == ("Alfa Motors", "Delta Chips", "rumoured", "in_effect")
    assert set(changed["ended"][:2]) == {"Beta Cells", "Gamma Steel"}
    assert changed["ended"][2:] == ("in_effect", "ended")
    assert len([row for row in found if row[0] == "new"]) == 6


def test_nothing_changed_where_no_document_is(history: Store) -> None:
    assert told(history, "changes-between", {"from": "2022", "to": "2022-12"}, "change") == []


def test_what_became_of_a_joint_venture(history: Store) -> None:
    found = told(history, "joint-ventures-over-time", {}, "date", "said", "status", "one", "other")
    pair = ("Beta Cells", "Gamma Steel")
    assert [row[:3] for row in found] == [
        ("2023-03-01", "in_effect", "ended"),
        ("2024-06-10", "ended", "ended"),
    ]
    assert all(set(row[3:]) == set(pair) for row in found)


def test_owners_in_a_ring_end_somewhere(history: Store) -> None:
    found = told(
        history, "ownership-of", {"name": "Alfa Motors"}, "steps", "owner", "tie", "owned", "stake"
    )
    assert sorted(found) == [
        ("1", "Alfa Motors", "acquired", "Delta Chips", ""),
        ("1", "Nordbank", "invested in", "Alfa Motors", "30%"),
        ("2", "Delta Chips", "invested in", "Nordbank", ""),
    ]


def test_firms_that_all_hold_one_another_are_told_once_each(embedded_store: Store) -> None:
    """Not by all paths, of which there would be millions."""
    names = [f"Holding {letter}" for letter in "ABCDEFGHIJKLMNOPQRST"]
    text = ", ".join(names)
    spots = {name: text.find(name) for name in names}
    entities = tuple(
        Entity(name, "ORG", "firm", name, mentions=(Mention(at, at + len(name), name),))
        for name, at in spots.items()
    )
    span = Span(0, len(text), text)
    told_ = tuple(
        Statement("INVESTED_IN", a, b, evidence=(span,), confidence=0.9)
        for a, b in permutations(names, 2)
    )
    load(embedded_store, [Reading(Document(document_id(text), text), entities, told_)])
    found = told(embedded_store, "ownership-of", {"name": "Holding A"}, "owner", "owned")
    assert len(found) == len(set(found)) == 20 * 19


def test_shared_suppliers(history: Store) -> None:
    asked = {"a": "Alfa Motors", "b": "Volkswagen"}
    assert told(history, "shared-suppliers", asked, "supplier", "a", "b") == [
        ("Beta Cells", "Alfa Motors", "Volkswagen")
    ]
    assert told(history, "common-partners", asked, "partner") == [("Beta Cells",)]


def test_similar_partners(history: Store) -> None:
    found = told(history, "similar-partners", {"name": "Alfa Motors"}, "other", "alike", "common")
    assert found == [
        ("Gamma Steel", "0.2", "Beta Cells"),
        ("Volkswagen", "0.2", "Beta Cells"),
        ("Delta Chips", "0.167", "Nordbank"),
        ("Nordbank", "0.167", "Delta Chips"),
    ]


def test_people_who_moved(history: Store) -> None:
    found = told(history, "moved-people", {}, "person", "organisation", "role", "status")
    assert set(found) == {
        ("Jane Roe", "Gamma Steel", "engineer", "ended"),
        ("Jane Roe", "Alfa Motors", "chief engineer", "in_effect"),
    }


def test_names_without_a_tie(history: Store) -> None:
    assert told(history, "loners", {}, "entity") == [("Oakwell Institute of Art",), ("Rugao",)]


@pytest.mark.parametrize(
    ("since", "names"),
    [
        ("2025", {"Rugao", "Oakwell Institute of Art"}),
        (
            "2024",
            {
                "Rugao",
                "Oakwell Institute of Art",
                "Volkswagen",
                "Nordbank",
                "Epsilon Labs",
                "Oakwell University",
            },
        ),
        ("2026", set()),
    ],
)
def test_newcomers(history: Store, since: str, names: set[str]) -> None:
    assert {row[0] for row in told(history, "newcomers", {"since": since}, "entity")} == names


def test_bridges_between_firms_and_universities(history: Store) -> None:
    found = told(history, "bridges-between-kinds", {}, "bridge", "ones", "others")
    assert found == [("Alfa Motors", "3", "1")]


@pytest.mark.parametrize(
    ("asked", "first"), [({}, ("Alfa Motors", "5")), ({"year": "2023"}, ("Alfa Motors", "2"))]
)
def test_the_most_connected(history: Store, asked: dict[str, str], first: tuple[str, str]) -> None:
    found = dict(told(history, "most-connected", asked, "entity", "partners"))
    assert found[first[0]] == first[1]


def test_strength_counts_documents_and_publishers(history: Store) -> None:
    found = told(
        history,
        "strength-of",
        {"name": "Delta Chips"},
        *("partner", "documents", "publishers", "first", "last"),
    )
    assert found[0] == ("Alfa Motors", "2", "2", "2023-03-01", "2024-06-10")


def test_suspected_duplicates_share_much_of_their_names(history: Store) -> None:
    found = told(history, "suspected-duplicates", {}, "one", "other")
    assert {frozenset(row) for row in found} == {
        frozenset({"Oakwell University", "Oakwell Institute of Art"})
    }


def test_all_short_paths_with_a_sentence_for_each_step(history: Store) -> None:
    asked = {"a": "Volkswagen", "b": "Delta Chips"}
    found = told(history, "paths-between", asked, "path", "step", "one", "other", "sentence")
    assert [row[:4] for row in found] == [
        ("1", "1", "Volkswagen", "Beta Cells"),
        ("1", "2", "Beta Cells", "Alfa Motors"),
        ("1", "3", "Alfa Motors", "Delta Chips"),
    ]
    assert found[0][4] == "Beta Cells supplies Volkswagen too."


def test_contradicted_tells_both_sides(world: Store) -> None:
    found = told(world, "contradicted", {}, "one", "other", "status", "said", "document")
    assert found == [("Alfa Motors", "Delta Chips", "denied", "denied", "Cells and chips")]


def test_deals_of_three(world: Store) -> None:
    assert told(world, "deals-of-many", {}, "size", "parties", "place") == [
        ("3", "Alfa Motors; Beta Cells; Gamma Steel", "Suzhou")
    ]
    assert told(world, "deals-of-many", {"parties": "4"}, "size") == []


def test_ties_of_a_kind(world: Store) -> None:
    found = told(world, "ties-of-kind", {"kind": "plant"}, "one", "other", "status")
    assert found == [("Scania", "Rugao", "in_effect"), ("Volkswagen", "Suzhou", "planned")]


@pytest.mark.parametrize("country", ["China", "china", "Volksrepublik China", "PRC", "CN", "CHN"])
def test_ties_in_a_country_by_any_of_its_names(world: Store, country: str) -> None:
    found = told(world, "ties-in-country", {"country": country}, "one", "other", "place")
    sites = {row for row in found if row[1] == row[2]}
    assert sites == {
        ("Scania", "Rugao", "Rugao"),
        ("Volkswagen", "Hefei", "Hefei"),
        ("Volkswagen", "Suzhou", "Suzhou"),
    }
    deals = {frozenset(row[:2]) for row in found if row[1] != row[2]}
    assert frozenset({"Alfa Motors", "Beta Cells"}) in deals


@pytest.mark.parametrize("country", ["London", "Valencia", "Atlantis", "Georgia, USA", ""])
def test_a_city_is_no_country(world: Store, country: str) -> None:
    with pytest.raises(QueryError, match="is not a country that we know"):
        ask(world, "ties-in-country", {"country": country})


@pytest.mark.parametrize("kind", ["rnd_centre", "R&D centre", "r&d CENTRE"])
def test_a_kind_is_chosen_by_its_code_or_its_words(world: Store, kind: str) -> None:
    found = told(world, "ties-of-kind", {"kind": kind}, "other")
    assert ("Hefei",) in found


def test_an_unknown_choice_lists_the_others(world: Store) -> None:
    with pytest.raises(QueryError, match="is none of rnd_centre, plant"):
        ask(world, "ties-of-kind", {"kind": "spaceport"})
    with pytest.raises(QueryError, match="is none of Firm, University"):
        ask(world, "bridges-between-kinds", {"one": "Company"})


def test_what_ends_before_it_begins_is_refused(world: Store) -> None:
    with pytest.raises(QueryError, match="from=2025 is later than to=2024-12"):
        ask(world, "ties-in-period", {"from": "2025", "to": "2024-12"})
    assert ask(world, "ties-in-period", {"from": "2025-03", "to": "2025"}) is not None


def test_strength_counts_no_possible_statement(unsure_world: Store) -> None:
    found = told(unsure_world, "strength-of", {"name": "Scania"}, "partner", "publishers", "last")
    assert ("Rugao", "1", "2025-11-03") in found


def test_ties_in_a_period(world: Store) -> None:
    asked = {"from": "2024", "to": "2024-12"}
    assert told(world, "ties-in-period", asked, "since", "one", "other") == [
        ("2024-05", "Nordbank", "Beta Cells")
    ]
    last = told(world, "ties-in-period", {"from": "2025-10", "to": "2025-10-31"}, "other")
    assert last == [("Rugao",)]
