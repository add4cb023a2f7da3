from __future__ import annotations

from graph.store import Store
from queries.drawing import draw
from queries.picture import Link, Picture
from queries.runner import ask, run_cypher


def lines(picture: Picture) -> set[tuple[str, str, str]]:
    """(source's name, type, target's name) of every link that is drawn at first."""
    return told(picture, folded=False)


def told(picture: Picture, folded: bool) -> set[tuple[str, str, str]]:
    names = {node.id: node.name for node in picture.nodes}
    found = [link for link in picture.links if link.folded == folded]
    return {(names[link.source], link.type, names[link.target]) for link in found}


def link_of(picture: Picture, source: str, target: str) -> Link:
    names = {node.id: node.name for node in picture.nodes}
    (found,) = [
        link
        for link in picture.links
        if {names[link.source], names[link.target]} == {source, target}
    ]
    return found


def test_a_picture_says_what_was_asked(world: Store) -> None:
    picture = draw(world, ask(world, "partners-of", {"name": "Volkswagen"}))
    assert picture.title == "Partners of Volkswagen"
    assert picture.question.startswith("Who works with Volkswagen,")
    assert picture.parameters == {"name": "Volkswagen", "unconfirmed": "no"}
    assert picture.note == ""


def test_nodes_have_their_kinds(world: Store) -> None:
    picture = draw(world, ask(world, "partners-of", {"name": "Volkswagen"}))
    kinds = {node.name: node.kind for node in picture.nodes}
    assert kinds == {
        "Volkswagen": "Firm",
        "Beta Cells": "Firm",
        "at least 38 Chinese companies and institutes": "Group",
        "Hefei": "City",
        "Suzhou": "City",
        "Wolfsburg": "City",
    }


def test_a_link_tells_its_properties_in_words(world: Store) -> None:
    picture = draw(world, ask(world, "partners-of", {"name": "Scania"}))
    link = link_of(picture, "Scania", "Rugao")
    assert link.properties == {"Kind": "plant", "Since": "2025-10", "Amount": "EUR 2bn"}
    assert (link.label, link.status, link.directed) == ("has a site in", "in_effect", True)
    hefei = link_of(
        draw(world, ask(world, "partners-of", {"name": "Volkswagen"})), "Volkswagen", "Hefei"
    )
    assert hefei.properties == {"Kind": "R&D centre", "People": "700"}


def test_every_link_leads_to_its_sentences_and_documents(world: Store) -> None:
    picture = draw(world, ask(world, "partners-of", {"name": "Scania"}))
    (link,) = picture.links
    evidence = {sentence.id: sentence for sentence in picture.evidence}
    assert set(link.statements) == set(evidence)
    assert {sentence.text for sentence in picture.evidence} == {
        "In October Scania opened a plant in Rugao for EUR 2bn.",
        "Scania has a new plant in Rugao.",
    }
    for sentence in picture.evidence:
        assert [sentence.text[s:e] for s, e in sentence.names] == ["Scania", "Rugao"]
    titles = {document.id: document.title for document in picture.documents}
    assert {titles[s.document] for s in picture.evidence} == {"Cars in China", "A plant opens"}


def test_a_denied_tie_keeps_its_real_type_and_status(world: Store) -> None:
    picture = draw(world, ask(world, "planned-or-rumoured", {}))
    link = link_of(picture, "Alfa Motors", "Delta Chips")
    assert (link.type, link.status, link.label) == ("ACQUIRED", "denied", "acquired")


def test_a_deal_of_three_has_a_node_of_its_own(world: Store) -> None:
    picture = draw(world, ask(world, "partners-of", {"name": "Alfa Motors"}))
    (deal,) = [node for node in picture.nodes if node.kind == "Partnership"]
    assert deal.properties["Amount"] == "USD 300m"
    assert deal.properties["Place"] == "Suzhou"
    assert deal.properties["Status"] == "announced"
    assert lines(picture) == {
        ("Alfa Motors", "PARTY_TO", deal.name),
        ("Beta Cells", "PARTY_TO", deal.name),
        ("Gamma Steel", "PARTY_TO", deal.name),
        (deal.name, "SITED_IN", "Suzhou"),
    }
    assert all(link.statements for link in picture.links)
    drawn = [link.label for link in picture.links if not link.folded]
    assert set(drawn) == {"parent", "takes place in"}


def test_a_deal_can_be_folded_to_the_ties_of_its_parties(world: Store) -> None:
    picture = draw(world, ask(world, "partners-of", {"name": "Alfa Motors"}))
    folded = {frozenset((a, b)) for a, type_, b in told(picture, folded=True)}
    assert folded == {
        frozenset(("Alfa Motors", "Beta Cells")),
        frozenset(("Alfa Motors", "Gamma Steel")),
        frozenset(("Beta Cells", "Gamma Steel")),
    }
    assert all(link.status == "announced" for link in picture.links if link.folded)


def test_what_is_folded_is_said_once_in_words(world: Store) -> None:
    picture = draw(world, ask(world, "partners-of", {"name": "Alfa Motors"}))
    assert str(picture).startswith("Partners of Alfa Motors: 5 names, 4 ties")


def test_a_deal_alone_is_drawn_with_its_parties(world: Store) -> None:
    cypher = "MATCH (d:Partnership {type: 'JOINT_VENTURE_WITH'}) RETURN d"
    picture = draw(world, run_cypher(world, cypher))
    assert len(picture.nodes) == 5
    assert len(lines(picture)) == 4


def test_a_deal_of_two_is_a_plain_tie(world: Store) -> None:
    cypher = "MATCH (d:Partnership {type: 'INVESTED_IN'}) RETURN d"
    picture = draw(world, run_cypher(world, cypher))
    assert lines(picture) == {("Nordbank", "INVESTED_IN", "Beta Cells")}
    assert link_of(picture, "Nordbank", "Beta Cells").properties["Stake"] == "25%"


def test_a_statement_is_drawn_as_what_it_says(world: Store) -> None:
    picture = draw(world, run_cypher(world, "MATCH (s:Statement {type: 'EMPLOYED_BY'}) RETURN s"))
    assert lines(picture) == {("Jane Roe", "EMPLOYED_BY", "Scania")}
    assert link_of(picture, "Jane Roe", "Scania").properties == {"Role": "chief engineer"}


def test_two_ties_of_one_pair_stay_two(world: Store) -> None:
    picture = draw(world, ask(world, "ties-of-place", {"place": "Wolfsburg"}))
    assert lines(picture) == {
        ("Volkswagen", "FACILITY_IN", "Wolfsburg"),
        ("Volkswagen", "HEADQUARTERED_IN", "Wolfsburg"),
    }


def test_a_path_and_a_list_are_drawn(world: Store) -> None:
    cypher = (
        "MATCH p = (:Person)-[:EMPLOYED_BY]->(:Firm) MATCH (c:Place) "
        "WITH p, c ORDER BY c.name RETURN p, collect(c) AS places"
    )
    picture = draw(world, run_cypher(world, cypher))
    assert lines(picture) == {("Jane Roe", "EMPLOYED_BY", "Scania")}
    assert "Hefei" in {node.name for node in picture.nodes}


def test_an_answer_of_numbers_says_what_to_return(world: Store) -> None:
    picture = draw(world, run_cypher(world, "MATCH (n:Firm) RETURN count(n) AS firms"))
    assert picture.nodes == ()
    assert "RETURN a, tie, b" in picture.note


def test_an_empty_answer_hands_its_note_on(world: Store) -> None:
    picture = draw(world, ask(world, "partners-of", {"name": "Folkswagen"}))
    assert (picture.nodes, picture.links) == ((), ())
    assert "did you mean Volkswagen?" in picture.note


def test_the_same_answer_gives_the_same_picture(world: Store) -> None:
    first = draw(world, ask(world, "overview", {}))
    assert first == draw(world, ask(world, "overview", {}))
    assert list(first.nodes) == sorted(first.nodes, key=lambda n: (n.name.casefold(), n.id))
    assert len({link.id for link in first.links}) == len(first.links)


def test_a_picture_that_a_limit_cut_off_says_so(world: Store) -> None:
    assert "Only the first 3 rows" in draw(world, ask(world, "overview", {"limit": "3"})).note
    assert draw(world, ask(world, "overview", {})).note == ""


def test_unconfirmed_ties_are_drawn_where_they_are_asked_for(world: Store) -> None:
    def statuses(**parameters: str) -> set[str]:
        return {link.status for link in draw(world, ask(world, "overview", parameters)).links}

    assert "denied" not in statuses()
    assert "denied" in statuses(unconfirmed="yes")
