"""Every question of the catalogue, with its answer on the invented world."""

from __future__ import annotations

import pytest

from extract.errors import QueryError
from graph.store import Store
from queries.formats import in_words, tie_label
from queries.questions import questions
from queries.runner import Answer, ask
from queries.values import TieValue


def rows(answer: Answer, *columns: str) -> list[tuple[str, ...]]:
    """These columns of the answer, in words; a tie by its label."""
    at = [answer.columns.index(column) for column in columns]
    return [
        tuple(
            tie_label(row[i]) if isinstance(row[i], TieValue) else in_words(row[i])  # type: ignore[arg-type]
            for i in at
        )
        for row in answer.rows
    ]


@pytest.mark.parametrize("name", questions())
def test_columns_are_those_of_the_header(world: Store, name: str) -> None:
    question = questions()[name]
    required = {p.name: p.example for p in question.parameters if p.required}
    assert ask(world, name, required).columns == tuple(question.columns)


def test_partners_of(world: Store) -> None:
    answer = ask(world, "partners-of", {"name": "volkswagen"})
    found = rows(answer, "entity", "tie", "partner", "kind", "place", "people", "since", "status")
    assert found == [
        ("Volkswagen", "supplies", "Beta Cells", "", "", "", "", "in_effect"),
        (
            "Volkswagen",
            "partners with",
            "at least 38 Chinese companies and institutes",
            "general",
            "",
            "",
            "2018",
            "in_effect",
        ),
        ("Volkswagen", "has a site in", "Hefei", "rnd_centre", "", "700", "", "in_effect"),
        ("Volkswagen", "has a site in", "Suzhou", "plant", "", "", "", "planned"),
        ("Volkswagen", "has a site in", "Wolfsburg", "rnd_centre", "", "", "", "in_effect"),
    ]


def test_partners_of_tells_the_money_and_counts_documents(world: Store) -> None:
    answer = ask(world, "partners-of", {"name": "Scania"})
    assert rows(answer, "partner", "kind", "since", "amount", "documents") == [
        ("Rugao", "plant", "2025-10", "EUR 2bn", "2")
    ]


def test_partners_of_lists_what_is_denied_only_when_asked(world: Store) -> None:
    confirmed = ask(world, "partners-of", {"name": "Alfa Motors"})
    assert rows(confirmed, "partner", "status") == [
        ("Beta Cells", "announced"),
        ("Gamma Steel", "announced"),
    ]
    every = ask(world, "partners-of", {"name": "Alfa Motors", "unconfirmed": "yes"})
    assert ("acquired (denied)", "Delta Chips") in rows(every, "tie", "partner")


def test_partnerships_between(world: Store) -> None:
    answer = ask(world, "partnerships-between", {"a": "Beta Cells", "b": "Alfa Motors"})
    assert rows(answer, "one", "tie", "other", "parties", "place", "amount", "status") == [
        (
            "Beta Cells",
            "joint venture with",
            "Alfa Motors",
            "Alfa Motors; Beta Cells; Gamma Steel",
            "Suzhou",
            "USD 300m",
            "announced",
        )
    ]


def test_ties_of_a_place_hold_the_deals_that_take_place_there(world: Store) -> None:
    answer = ask(world, "ties-of-place", {"place": "Suzhou"})
    found = {
        (frozenset({one, other}), tie, status)
        for one, tie, other, status in rows(answer, "one", "tie", "other", "status")
    }
    assert len(answer.rows) == 4
    assert found == {
        (frozenset({"Alfa Motors", "Beta Cells"}), "joint venture with", "announced"),
        (frozenset({"Alfa Motors", "Gamma Steel"}), "joint venture with", "announced"),
        (frozenset({"Beta Cells", "Gamma Steel"}), "joint venture with", "announced"),
        (frozenset({"Volkswagen", "Suzhou"}), "has a site in", "planned"),
    }


def test_ties_of_a_place_hold_who_is_based_there(world: Store) -> None:
    answer = ask(world, "ties-of-place", {"place": "Wolfsburg"})
    assert sorted(rows(answer, "one", "tie")) == [
        ("Volkswagen", "has a site in"),
        ("Volkswagen", "is based in"),
    ]


def test_the_path_between_two(world: Store) -> None:
    answer = ask(world, "path-between", {"a": "Nordbank", "b": "Hefei"})
    assert rows(answer, "step", "one", "tie", "other", "status") == [
        ("1", "Nordbank", "invested in", "Beta Cells", "in_effect"),
        ("2", "Beta Cells", "supplies", "Volkswagen", "in_effect"),
        ("3", "Volkswagen", "has a site in", "Hefei", "in_effect"),
    ]


def test_a_denial_is_no_path(world: Store) -> None:
    answer = ask(world, "path-between", {"a": "Alfa Motors", "b": "Delta Chips"})
    assert answer.rows == ()


def test_there_is_no_path_from_one_to_itself(world: Store) -> None:
    with pytest.raises(QueryError, match="a and b are the same name"):
        ask(world, "path-between", {"a": "Scania", "b": "Scania"})


def test_joint_ventures(world: Store) -> None:
    answer = ask(world, "joint-ventures", {})
    assert rows(answer, "parties", "place", "amount", "status") == [
        ("Alfa Motors; Beta Cells; Gamma Steel", "Suzhou", "USD 300m", "announced")
    ]


def test_investments_leave_denied_ones_out(world: Store) -> None:
    answer = ask(world, "investments", {})
    assert rows(answer, "investor", "tie", "target", "amount", "stake", "since") == [
        ("Nordbank", "invested in", "Beta Cells", "USD 40m", "25%", "2024-05")
    ]


@pytest.mark.parametrize(("since", "count"), [("2024", 1), ("2024-05", 1), ("2024-06", 0)])
def test_investments_since(world: Store, since: str, count: int) -> None:
    assert len(ask(world, "investments", {"since": since}).rows) == count


@pytest.mark.parametrize("name", ["Scania", "Jane Roe"])
def test_people_of_a_firm_and_firms_of_a_person(world: Store, name: str) -> None:
    answer = ask(world, "people-of", {"name": name})
    assert rows(answer, "person", "tie", "organisation", "role") == [
        ("Jane Roe", "works for", "Scania", "chief engineer")
    ]


def test_research_centres_at_home_are_not_abroad(world: Store) -> None:
    """Neither in the home town (Wolfsburg) nor in the same region (Leipzig, from Dresden)."""
    answer = ask(world, "research-centres-abroad", {})
    assert rows(answer, "firm", "place", "home", "people") == [
        ("Volkswagen", "Hefei", "Wolfsburg", "700")
    ]


def test_planned_or_rumoured(world: Store) -> None:
    answer = ask(world, "planned-or-rumoured", {})
    found = rows(answer, "tie", "status")
    assert found == [
        ("has a site in", "planned"),
        ("partners with (rumoured)", "rumoured"),
        ("acquired (denied)", "denied"),
    ]


def test_evidence_leads_to_sentences_and_documents(world: Store) -> None:
    answer = ask(world, "evidence-for", {"name": "Scania", "with": "Rugao"})
    assert rows(answer, "subject", "tie", "object", "sentence", "document", "date") == [
        (
            "Scania",
            "has a site in",
            "Rugao",
            "In October Scania opened a plant in Rugao for EUR 2bn.",
            "Cars in China",
            "2025-11-03",
        ),
        (
            "Scania",
            "has a site in",
            "Rugao",
            "Scania has a new plant in Rugao.",
            "A plant opens",
            "2025-10-20",
        ),
    ]


def test_evidence_without_another_holds_all_of_one(world: Store) -> None:
    assert len(ask(world, "evidence-for", {"name": "Scania"}).rows) == 3


def test_documents_about(world: Store) -> None:
    answer = ask(world, "documents-about", {"name": "Scania"})
    assert rows(answer, "document", "publisher", "mentions") == [
        ("Cars in China", "Trade Daily", "2"),
        ("A plant opens", "Trade Daily", "1"),
    ]


def test_overview_begins_with_what_most_documents_say(world: Store) -> None:
    answer = ask(world, "overview", {"limit": "3"})
    found = rows(answer, "one", "other", "documents")
    assert found[0] == ("Scania", "Rugao", "2")
    assert len(found) == 3
    assert answer.note.startswith("Only the first 3 rows were asked for")
    assert ask(world, "overview", {}).note == ""
    assert not any("Delta" in cell for row in found for cell in row)
