"""Whether a tie is still in effect: ends that lie ahead, ends denied, jobs and firms left."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extract.records import Reading, Statement

Read = Callable[..., Reading]


def _by_tie(reading: Reading) -> dict[str, Statement]:
    names = {entity.id: entity.name for entity in reading.entities}
    return {
        f"{names[each.head]} {each.type} {names[each.tail]}": each for each in reading.statements
    }


@pytest.mark.parametrize(
    ("text", "date", "tie", "status"),
    [
        ("{Norvik} will supply {Telsa} with tyres until 2031.", "", "SUPPLIES", "planned"),
        ("{Norvik} will supply {Telsa} with tyres until 2031.", "2025", "SUPPLIES", "planned"),
        ("{Norvik} and {Telsa} will cooperate until 2030.", "", "PARTNERS_WITH", "planned"),
        ("{Norvik} extended its alliance with {Telsa} until 2030.", "", "PARTNERS_WITH", None),
        ("{Norvik} was a partner of {Telsa} until May.", "", "PARTNERS_WITH", "ended"),
        ("{Norvik} supplied {Telsa} with tyres until 2021.", "2025", "SUPPLIES", "ended"),
        ("{Norvik} supplied {Telsa} with tyres until 2021.", "", "SUPPLIES", "ended"),
        ("{Norvik} is a partner of {Telsa} until 2027.", "2025", "PARTNERS_WITH", "in_effect"),
    ],
)
def test_until_is_an_end_only_when_past(
    read: Read, text: str, date: str, tie: str, status: str | None
) -> None:
    found = _by_tie(read(text, date))[f"Norvik {tie} Telsa"].status
    assert found == status if status else found != "ended"


@pytest.mark.parametrize(
    "text",
    [
        "{Norvik} dismissed talk that it would quit its partnership with {Telsa}.",
        "{Norvik} denied that it was about to end its partnership with {Telsa}.",
        "{Norvik} will not end its partnership with {Telsa}.",
        "{Norvik} ruled out ending its partnership with {Telsa}.",
        "{Norvik} has no plans to terminate its partnership with {Telsa}.",
    ],
)
def test_denial_of_an_end_leaves_the_tie(read: Read, text: str) -> None:
    assert _by_tie(read(text))["Norvik PARTNERS_WITH Telsa"].status == "in_effect"


def test_denial_of_leaving_leaves_the_member(read: Read) -> None:
    reading = read("{Norvik} denied that it would leave the {association:Tyre League}.")
    assert _by_tie(reading)["Norvik MEMBER_OF Tyre League"].status == "in_effect"


def test_denial_of_the_tie_itself_stays(read: Read) -> None:
    reading = read("{Norvik} denied that it had a partnership with {Telsa}.")
    assert _by_tie(reading)["Norvik PARTNERS_WITH Telsa"].status == "denied"


def test_merger_called_off_is_told_from_one_denied(read: Read) -> None:
    called_off = _by_tie(read("{Norvik} and {Telsa} abandoned their merger."))
    denied = _by_tie(read("{Norvik} and {Telsa} denied a merger."))
    both = [each["Norvik MERGED_WITH Telsa"] for each in (called_off, denied)]
    assert [each.status for each in both] == ["denied", "denied"]
    assert [each.modality for each in both] == ["ended", "in_effect"]


@pytest.mark.parametrize(
    ("text", "tie", "status"),
    [
        ("{person:Ann Lee} joins {Norvik} from {Telsa}.", "Ann Lee EMPLOYED_BY Telsa", "ended"),
        ("{person:Ann Lee} joins from {Telsa}.", "Ann Lee EMPLOYED_BY Telsa", "ended"),
        (
            "{person:Ann Lee} joins {Norvik} as finance director from {Telsa}.",
            "Ann Lee EMPLOYED_BY Telsa",
            "ended",
        ),
        (
            "{person:Ann Lee} was treasurer of {Telsa} until March.",
            "Ann Lee EMPLOYED_BY Telsa",
            "ended",
        ),
        (
            "{person:Ann Lee}, the former chief executive of {Telsa}, met {Norvik}.",
            "Ann Lee EMPLOYED_BY Telsa",
            "ended",
        ),
        (
            "{person:Ann Lee} succeeds {person:Jim Roe} as chief executive of {Telsa}.",
            "Jim Roe EMPLOYED_BY Telsa",
            "ended",
        ),
        (
            "{person:Ann Lee} succeeds {person:Jim Roe} as chief executive of {Telsa}.",
            "Ann Lee EMPLOYED_BY Telsa",
            "in_effect",
        ),
        (
            "{person:Ann Lee} becomes chairwoman of {Telsa}, replacing {person:Jim Roe}.",
            "Jim Roe EMPLOYED_BY Telsa",
            "ended",
        ),
        (
            "{person:Ann Lee} will succeed {person:Jim Roe} as chief executive of {Telsa}.",
            "Jim Roe EMPLOYED_BY Telsa",
            "in_effect",
        ),
        ("{person:Ann Lee} plans to leave {Telsa}.", "Ann Lee EMPLOYED_BY Telsa", "in_effect"),
        (
            "{Norvik} acquired {Orma Foils} from its parent {Telsa}.",
            "Orma Foils SUBSIDIARY_OF Telsa",
            "ended",
        ),
        (
            "{Telsa} sold its subsidiary {Orma Foils} to {Norvik}.",
            "Orma Foils SUBSIDIARY_OF Telsa",
            "ended",
        ),
        ("{Telsa} sold {Orma Foils} to {Norvik}.", "Orma Foils SUBSIDIARY_OF Telsa", "ended"),
        (
            "{Telsa} will sell its subsidiary {Orma Foils} to {Norvik}.",
            "Orma Foils SUBSIDIARY_OF Telsa",
            "in_effect",
        ),
    ],
)
def test_job_or_firm_left_behind(read: Read, text: str, tie: str, status: str) -> None:
    assert _by_tie(read(text))[tie].status == status


def test_what_a_firm_sells_is_no_subsidiary(read: Read) -> None:
    assert "Orma SUBSIDIARY_OF Telsa" not in _by_tie(read("{Telsa} sells {Orma} in Turin."))


@pytest.mark.parametrize(
    "text",
    [
        "{Siemens} supplies valves to {Bosch} and to {Volvo}.",
        "{Siemens} supplies valves to {Bosch} in {city:Stuttgart} and to {Volvo}.",
    ],
)
def test_both_customers(read: Read, text: str) -> None:
    assert {"Siemens SUPPLIES Bosch", "Siemens SUPPLIES Volvo"} <= _by_tie(read(text)).keys()


@pytest.mark.parametrize(
    ("text", "employed"),
    [
        ("{person:Karl Roe} met {Norvik}. She is the treasurer of {Telsa}.", set()),
        (
            "{person:Karl Roe} met {person:Anna Lind}. She is the treasurer of {Telsa}.",
            {"Anna Lind EMPLOYED_BY Telsa"},
        ),
        (
            "{person:Anna Lind} met {person:Karl Roe}. He is the treasurer of {Telsa}.",
            {"Karl Roe EMPLOYED_BY Telsa"},
        ),
        (
            "{person:Qiwan Lind} met {Norvik}. She is the treasurer of {Telsa}.",
            {"Qiwan Lind EMPLOYED_BY Telsa"},
        ),
    ],
)
def test_pronoun_agrees_with_the_given_name(read: Read, text: str, employed: set[str]) -> None:
    found = {tie for tie in _by_tie(read(text)) if "EMPLOYED_BY" in tie}
    assert found == employed


def test_its_is_the_firm_that_is_subject(read: Read) -> None:
    reading = read(
        "{Norvik} makes tyres. The company works with {university:Lind University} at its "
        "laboratory in {city:Turin}."
    )
    found = _by_tie(reading)
    assert "Norvik FACILITY_IN Turin" in found
    assert "Lind University FACILITY_IN Turin" not in found


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("Founded in 1988, {Norvik} has a site in {city:Turin}.", {}),
        ("{Norvik}, founded in 1988, has a site in {city:Turin}.", {}),
        ("Founded in 1988, {Norvik} has had a site in {city:Turin} since 2001.", {"since": "2001"}),
        ("A blog reported in January that {Norvik} has a site in {city:Turin}.", {}),
        ("{Norvik} has a site in {city:Turin}, a blog reported in January.", {}),
        ("{Norvik} opened a site in {city:Turin} in January.", {"date": "2025-01"}),
    ],
)
def test_date_is_that_of_the_site(read: Read, text: str, dates: dict[str, str]) -> None:
    site = _by_tie(read(text, "2025-05-06"))["Norvik FACILITY_IN Turin"]
    assert {key: site.attrs[key] for key in ("date", "since") if key in site.attrs} == dates


def test_dateline_is_no_date_of_the_site(read: Read) -> None:
    reading = read(
        "BOWLING GREEN, Ky., May 6, 2025 (Wire) - {Siemens} opened a plant in {city:Bowling Green} "
        "last month.",
        "2025-05-06",
    )
    assert _by_tie(reading)["Siemens FACILITY_IN Bowling Green"].attrs["date"] == "2025-04"


def test_first_plant_that_a_deal_will_give_is_planned(read: Read) -> None:
    reading = read("The deal will give {Norvik} its first plant in {country:Italy}.")
    assert _by_tie(reading)["Norvik FACILITY_IN Italy"].status == "planned"


@pytest.mark.parametrize("rank", ["first", "only", "largest"])
def test_rank_in_a_continent_is_no_site(read: Read, rank: str) -> None:
    text = "The deal will give {Norvik} its " + rank + " plant in southern {region:Europe}."
    assert not read(text).statements
