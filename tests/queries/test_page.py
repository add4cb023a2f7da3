"""The page as a file: the same for the same picture, closed to everything it doesn't bring."""

from __future__ import annotations

import base64
import hashlib
import json
import math
import re
from dataclasses import replace
from html.parser import HTMLParser
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.errors import QueryError
from extract.ontology import ontology
from queries.page import render, write
from queries.page.document import SCRIPTS, STYLES, join_scripts
from queries.page.network import read_library
from queries.page.payload import make_payloads
from queries.page.style import colour_groups, style, tell, weigh_relation
from queries.picture import Evidence, Link, Node, Picture, Source

ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=12)
TEXT = "Volkswagen and Nordcell build cells."
NAMES = ((0, 10), (15, 23))
HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(2)>\"'`{{7*7}}\u2028\ud800"


def make_picture(**changes: Any) -> Picture:
    """Two firms, a three-party deal with a site, a denied takeover."""
    told = {"type": "JOINT_VENTURE_WITH", "status": "in_effect", "amount_text": "EUR 2bn"}
    picture: dict[str, Any] = {
        "title": "Partners of Volkswagen",
        "question": "Who works with it?",
        "parameters": {"name": "Volkswagen"},
        "nodes": (
            Node("a", "Volkswagen", "Firm", ("VW",), 2),
            Node("b", "Nordcell", "Firm"),
            Node("c", "Hefei", "City"),
            Node("p", "Volkswagen – Nordcell", "Partnership", properties=told),
        ),
        "links": (
            Link("1", "a", "p", "PARTY_TO", "party", "in_effect", 0.9, statements=("s",)),
            Link("2", "b", "p", "PARTY_TO", "party", "in_effect", 0.9, statements=("s",)),
            Link("3", "p", "c", "SITED_IN", "site", "in_effect", 0.9),
            Link("4", "a", "b", "ACQUIRED", "acquired", "denied", 0.5, statements=("gone",)),
        ),
        "evidence": (Evidence("s", TEXT, NAMES, "d", told["type"], "in_effect", 0.9),),
        "documents": (Source("d", "Cells", "2025-11-03", "The Times", "https://a.example/"),),
    }
    return Picture(**{**picture, **changes})


class Reader(HTMLParser):
    """Takes a page apart: its elements, and the text of scripts and styles."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[tuple[str, dict[str, str | None], str]] = []
        self._open: list[str] | None = None
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self._open = [] if tag in ("script", "style") else None

    def handle_data(self, data: str) -> None:
        if self._open is not None:
            self._open.append(data)

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002
        if self._open is not None:
            self.texts.append((*self.elements[-1], "".join(self._open)))
            self._open = None


def find_policy(page: Reader) -> str:
    return next(a["content"] or "" for _, a in page.elements if a.get("http-equiv"))


def test_the_same_picture_gives_the_same_bytes() -> None:
    assert render(make_picture()) == render(make_picture())


def test_the_policy_allows_just_the_scripts_and_styles_that_are_there() -> None:
    page = Reader(render(make_picture()))

    allowed = re.findall(r"'sha256-([^']+)'", find_policy(page))
    there = [
        base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        for tag, attributes, text in page.texts
        if attributes.get("type") != "application/json"
    ]
    assert sorted(allowed) == sorted(there)
    assert "unsafe" not in find_policy(page)
    assert find_policy(page).startswith("default-src 'none'")


def test_nothing_is_fetched_and_nothing_is_styled_or_handled_in_place() -> None:
    for tag, attributes in Reader(render(make_picture())).elements:
        assert tag not in ("link", "iframe", "object", "embed", "base", "img")
        assert "src" not in attributes
        assert "style" not in attributes
        assert not [name for name in attributes if name.startswith("on")]


def test_the_library_comes_from_pyvis_without_its_source_map() -> None:
    assert "vis-network" in read_library()
    assert "sourceMappingURL" not in read_library()
    assert "\r" not in read_library()


def test_hostile_words_add_no_element() -> None:
    def shape(text: str) -> list[str]:
        picture = make_picture(
            title=f"T {text}",
            question=f"Q {text}",
            note=f"N {text}",
            parameters={text or "p": text},
            nodes=(Node(text, text or "x", "Firm", (text,), 1, {text: text}), Node("b", "B", text)),
            links=(Link(text, text, "b", text, text, text, 0.5, True, {text: text}, (text,)),),
            evidence=(Evidence(text, text, ((0, 3),), text, text, text, 0.5),),
            documents=(Source(text, text, text, text, text, text),),
        )
        return [tag for tag, _ in Reader(render(picture)).elements]

    assert shape(HOSTILE) == shape("harmless")


@st.composite
def draw_pictures(draw: st.DrawFn) -> Picture:
    """Any picture at all: ids that repeat or lead nowhere, unknown words, no numbers."""
    ids = draw(st.lists(ANY_TEXT, max_size=6))
    some = st.sampled_from(ids) if ids else ANY_TEXT
    share = st.floats(allow_nan=True, allow_infinity=True)
    facts = st.dictionaries(ANY_TEXT, ANY_TEXT, max_size=3)
    kind, type_ = ANY_TEXT | st.just("Partnership"), ANY_TEXT | st.just("PARTY_TO")
    spans = st.lists(st.tuples(st.integers(-3, 15), st.integers(-3, 15)), max_size=3).map(tuple)
    told = st.lists(some, max_size=2).map(tuple)
    nodes = st.builds(Node, some, ANY_TEXT, kind, properties=facts)
    links = st.builds(
        Link, ANY_TEXT, some, some, type_, ANY_TEXT, ANY_TEXT, share, properties=facts,
        statements=told,
    )  # fmt: skip
    evidence = st.builds(Evidence, some, ANY_TEXT, spans, ANY_TEXT, ANY_TEXT, ANY_TEXT, share)
    documents = st.builds(Source, *[ANY_TEXT] * 6)
    return Picture(
        draw(ANY_TEXT),
        draw(ANY_TEXT),
        tuple(draw(st.lists(nodes, max_size=6))),
        tuple(draw(st.lists(links, max_size=6))),
        tuple(draw(st.lists(evidence, max_size=6))),
        tuple(draw(st.lists(documents, max_size=6))),
    )


@settings(max_examples=60, deadline=None)
@given(draw_pictures())
def test_any_picture_makes_a_payload_that_json_holds(picture: Picture) -> None:
    payload = make_payloads(picture)[0]

    json.dumps(payload, allow_nan=False).encode("utf-8")
    assert all(0 <= link["from"] < len(payload["nodes"]) for link in payload["links"])
    assert {node["kind"] for node in payload["nodes"]} == {kind["id"] for kind in payload["kinds"]}


def test_a_deal_is_one_tie_of_its_own_type() -> None:
    payload = make_payloads(make_picture())[0]

    assert [(t["id"], t["count"]) for t in payload["types"]] == [
        ("JOINT_VENTURE_WITH", 1),
        ("ACQUIRED", 1),
    ]
    assert [(s["id"], s["count"]) for s in payload["statuses"]] == [("in_effect", 1), ("denied", 1)]
    assert payload["nodes"][3]["short"] == "Joint venture, EUR 2bn"


def test_an_unknown_status_never_passes_for_a_confirmed_one() -> None:
    picture = make_picture(links=(Link("1", "a", "b", "ACQUIRED", "", "made up", 1.0),))

    assert make_payloads(picture)[0]["statuses"] == [
        {"id": "made up", "title": "made up", "confirmed": False, "dash": [2, 8], "count": 1}
    ]


def test_what_is_only_possible_is_never_drawn_not_even_where_a_picture_holds_it() -> None:
    whole = make_picture()
    deal = tuple(replace(link, status="possible") for link in whole.links[:3])
    doubt = Link("5", "b", "c", "FACILITY_IN", "has a site in", "possible", 0.3)
    sentence = replace(whole.evidence[0], status="possible")
    payload = make_payloads(
        replace(whole, links=(*deal, *whole.links[3:], doubt), evidence=(sentence,))
    )[0]

    assert [link["id"] for link in payload["links"]] == ["4"]
    assert [status["id"] for status in payload["statuses"]] == ["denied"]
    assert [node["id"] for node in payload["nodes"]] == ["a", "b", "c"]
    assert payload["evidence"] == []


def test_a_confidence_that_is_no_number_counts_for_nothing() -> None:
    picture = make_picture(links=(Link("1", "a", "b", "ACQUIRED", "", "in_effect", math.nan),))

    assert make_payloads(picture)[0]["links"][0]["confidence"] == 0.0


def test_links_that_lead_out_of_the_picture_are_left_out_and_told_of() -> None:
    picture = make_picture(links=(Link("1", "a", "nowhere", "ACQUIRED", "", "in_effect", 1.0),))

    payload = make_payloads(picture)[0]

    assert payload["links"] == []
    assert payload["notices"] == ["1 tie leads out of this answer and can't be drawn."]


def test_parallel_ties_take_different_ways() -> None:
    ways = [("1", "a", "b"), ("2", "b", "a"), ("3", "a", "b"), ("4", "b", "a")]
    links = tuple(Link(*way, "SUPPLIES", "", "in_effect", 1.0) for way in ways)
    html = render(make_picture(links=links))

    drawing = json.loads(next(t for _, a, t in Reader(html).texts if a.get("id") == "drawing"))
    bends = {(-1 if edge["from"] else 1) * edge["bend"] for edge in drawing["edges"]}
    assert len(bends) == 4


def test_a_crowd_is_reduced_and_says_so() -> None:
    size = style().limits.most + 1
    ids = [f"{i:05d}" for i in range(size)]
    nodes = tuple(Node(id_, f"Name {id_}", "Firm") for id_ in ids)
    links = tuple(Link(id_, ids[0], id_, "SUPPLIES", "", "in_effect", 1.0) for id_ in ids[1:])

    payload = make_payloads(Picture("t", "q", nodes, links))[0]

    assert len(payload["nodes"]) == style().limits.reduced
    assert payload["notices"] == [
        "Too much for one picture: of 5,001 nodes only the 1,500 with the most ties are shown, and"
        " 1,499 of 5,000 ties. Ask a narrower question to see the rest."
    ]


def test_a_page_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    path = write(make_picture(), tmp_path / "new" / "page.html")

    assert path.read_text(encoding="utf-8") == render(make_picture())
    assert [entry.name for entry in path.parent.iterdir()] == ["page.html"]


def test_a_page_that_can_not_be_written_says_where(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(QueryError, match=r"page\.html: the page can't be written"):
        write(make_picture(), tmp_path / "file" / "page.html")


@pytest.mark.parametrize(
    ("folder", "names", "ending"), [("script", SCRIPTS, "js"), ("styles", STYLES, "css")]
)
def test_every_script_and_style_is_joined(folder: str, names: tuple[str, ...], ending: str) -> None:
    there = [entry.name for entry in (files("queries.page") / folder).iterdir()]

    assert sorted(f"{name}.{ending}" for name in names) == sorted(there)


@pytest.mark.parametrize("name", SCRIPTS)
def test_scripts_never_make_markup_of_text(name: str) -> None:
    text = (files("queries.page") / "script" / f"{name}.js").read_text(encoding="utf-8")

    assert not re.search(r"(inner|outer)HTML|insertAdjacentHTML|document\.write|eval\(", text)
    assert text.count("\n") <= 400


def test_the_page_leaves_comments_out_and_keeps_code() -> None:
    script = join_scripts()
    assert "/**" not in script
    assert "const byId=(id)=>document.getElementById(id);" in script


def test_a_deal_may_come_in_words_as_well_as_in_codes() -> None:
    told = {"Type": "joint venture", "Kind": "production", "Amount": "EUR 2bn", "Since": "2024"}
    picture = make_picture()
    deal = Node("p", "Volkswagen – Nordcell", "Partnership", properties=told)

    payload = make_payloads(make_picture(nodes=(*picture.nodes[:3], deal)))[0]

    assert payload["links"][0]["type"] == "JOINT_VENTURE_WITH"
    assert payload["nodes"][3]["short"] == "Joint venture, EUR 2bn"
    assert payload["nodes"][3]["facts"] == [
        ("Kind", "production"),
        ("Since", "2024"),
        ("Amount", "EUR 2bn"),
    ]


def test_groups_lend_colours_the_largest_first_and_the_smallest_share_one() -> None:
    sizes = {f"g{number}": 12 - number for number in range(10)}
    nodes = [
        Node(f"{name}-{n}", name, "Firm", group=name)
        for name, size in sizes.items()
        for n in range(size)
    ]
    groups, group_of = colour_groups([*nodes, Node("deal", "Deal", "Partnership")])
    most = len(style().group_colours) - 1

    assert [group["title"] for group in groups] == [*list(sizes)[:most], "All others"]
    assert len({group["colour"] for group in groups}) == most + 1
    assert sum(group["count"] for group in groups) == len(nodes)
    assert group_of["g0-0"] == 0
    assert group_of["g9-0"] == most
    assert "deal" not in group_of


def test_without_groups_kinds_lend_the_colours() -> None:
    payload = make_payloads(make_picture())[0]

    assert payload["groups"] == []
    assert not any("group" in node for node in payload["nodes"])


def test_the_style_file_knows_every_shape_of_the_ontology() -> None:
    shapes = {kind.shape for kind in ontology().kinds.values()}

    assert shapes <= set(style().shape_scale)


@pytest.mark.parametrize(
    ("type_", "weight"),
    [
        ("ACQUIRED", "strong"),
        ("FACILITY_IN", "strong"),
        ("MEMBER_OF", "plain"),
        ("EMPLOYED_BY", "faint"),
        ("HEADQUARTERED_IN", "faint"),
        ("NEVER_HEARD_OF", "plain"),
    ],
)
def test_deals_are_drawn_heavily_and_ties_of_people_and_places_faintly(
    type_: str, weight: str
) -> None:
    assert weigh_relation(type_) == weight


@pytest.mark.parametrize(
    ("properties", "told"),
    [
        ({"amount": "850", "amount_text": "EUR 850m"}, {"amount": "EUR 850m"}),
        ({"Kind": "rnd_centre", "Site": "Hefei"}, {"kind": "R&D centre", "place": "Hefei"}),
        ({"kind": "general", "stake": ""}, {}),
    ],
)
def test_a_row_tells_codes_in_words_and_leaves_out_what_says_nothing(
    properties: dict[str, str], told: dict[str, str]
) -> None:
    assert tell(properties) == told


def test_the_style_file_names_groups_and_types_of_the_ontology() -> None:
    groups = {relation.group for relation in ontology().relations.values()}
    types = {kind.type for kind in ontology().kinds.values()}

    assert set(style().faint_groups) <= groups
    assert set(style().minor_types) <= types


def test_every_status_has_a_line_of_its_own_or_a_mark() -> None:
    dashes = [status.dash for status in ontology().statuses.values() if status.confirmed]

    assert len(set(dashes)) == len(dashes)


@pytest.mark.parametrize(("size", "kilobytes"), [(60, 700), (1000, 2000)])
def test_a_page_is_small_enough_to_be_mailed(size: int, kilobytes: int) -> None:
    """With twice as many ties, a sentence for each, and a map."""
    text = "Number {} and number {} said on Monday that they would go on working together."
    pairs = [(i, (i * step + step) % size) for i in range(size) for step in (1, 7)]
    nodes = [
        Node(f"ent-{i:016x}", f"Number {i} Holdings", "Firm", documents=1) for i in range(size)
    ]
    nodes[0] = Node(nodes[0].id, "Hefei", "City")
    links = tuple(
        Link(
            f"tie-{at:016x}",
            nodes[a].id,
            nodes[b].id,
            "SUPPLIES",
            "supplies",
            "in_effect",
            0.873,
            properties={"Since": "2024-05"},
            statements=(f"st-{at:016x}",),
        )
        for at, (a, b) in enumerate(pairs)
    )
    evidence = tuple(
        Evidence(
            f"st-{at:016x}",
            text.format(a, b),
            ((0, 8), (13, 21)),
            f"d{at % 9}",
            "SUPPLIES",
            "in_effect",
            0.873,
        )
        for at, (a, b) in enumerate(pairs)
    )
    papers = tuple(Source(f"d{i}", f"A newspaper article {i}", "2025-01-03") for i in range(9))
    picture = Picture("Suppliers", "Who supplies whom?", tuple(nodes), links, evidence, papers)

    assert '"land"' in render(picture)
    assert len(render(picture).encode()) <= kilobytes * 1000
