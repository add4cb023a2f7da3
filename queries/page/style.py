"""How kinds, tie types and statuses look and read on the page.

The ontology says it for everything it knows; ``style.yaml`` for deals and for the page itself.
What neither knows is shown under its own name, in grey, and never as a confirmed tie.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from extract.ontology import Kind, Status, ontology
from queries.page.text import clean
from queries.picture import Link, Node


@dataclass(frozen=True, slots=True)
class Limits:
    """Numbers of nodes from which the page draws less; ``static_rows`` counts ties."""

    full: int
    plain: int
    drag: int
    most: int
    reduced: int
    static_rows: int


@dataclass(frozen=True, slots=True)
class Style:
    """``style.yaml``, as read."""

    deal_kind: str
    deal: Mapping[str, str]
    community_kind: str
    community: Mapping[str, str]
    community_tie: str
    unknown_kind: Mapping[str, str]
    group_colours: Sequence[str]
    other_groups: str
    spokes: tuple[str, ...]
    relations: Mapping[str, Mapping[str, str]]
    homes: tuple[str, ...]
    home_statuses: tuple[str, ...]
    sites: tuple[str, ...]
    faint_groups: list[str]
    minor_types: list[str]
    minor_scale: float
    radius: Mapping[str, float]
    crowd_radius: Mapping[str, float]
    shape_scale: Mapping[str, float]
    properties: Mapping[str, str]
    told: Mapping[str, list[str]]
    says_nothing: list[str]
    hidden_properties: frozenset[str]
    shown_elsewhere: Mapping[str, list[str]]
    said_by: Mapping[str, list[str]]
    limits: Limits


@cache
def style() -> Style:
    """The page's style; read from the package's own file on first use."""
    text = files("queries.page").joinpath("style.yaml").read_text(encoding="utf-8")
    raw: dict[str, Any] = yaml.safe_load(text)
    return Style(
        **{
            **raw,
            **{name: tuple(raw[name]) for name in ("spokes", "homes", "home_statuses", "sites")},
            "hidden_properties": frozenset(raw["hidden_properties"]),
            "limits": Limits(**raw["limits"]),
        }
    )


def is_deal(node: Node) -> bool:
    """Whether the node is a deal of several parties, not an entity."""
    return node.kind == style().deal_kind


def find_kind(name: str) -> Kind:
    """The look of a node kind: the ontology's, the deal's, or grey under its own name."""
    found = ontology().kinds.get(name)
    if found:
        return found
    own = {style().deal_kind: style().deal, style().community_kind: style().community}
    look = own.get(name, style().unknown_kind)
    words = {"title": clean(name) or "Other", "plural": clean(name) or "Other"}
    return Kind(name=name, label=name, type="", subtype="", **{**words, **look})


def colour_groups(nodes: Sequence[Node]) -> tuple[list[dict[str, Any]], dict[str, int]]:
    """The groups that colour names, the largest first, and the group of each name by its number.

    Both are empty where no node has a group. The last colour is that of all that are left.
    """
    names = [node for node in nodes if not is_deal(node)]
    sizes = Counter(node.group for node in names if node.group)
    if not sizes:
        return [], {}
    largest = sorted(sizes, key=lambda name: (-sizes[name], name))[: len(style().group_colours) - 1]
    number = {name: at for at, name in enumerate(largest)}
    group_of = {node.id: number.get(node.group, len(largest)) for node in names}
    counts = Counter(group_of.values())
    titles = [*(clean(name) for name in largest), style().other_groups]
    colours = [*style().group_colours[: len(largest)], style().group_colours[-1]]
    groups = [
        {"id": at, "title": title, "colour": colour, "count": counts[at]}
        for at, (title, colour) in enumerate(zip(titles, colours, strict=True))
        if counts[at]
    ]
    return groups, group_of


def find_status(name: str) -> Status:
    """The look of a status; an unknown one is unconfirmed, since nothing vouches for it."""
    found = ontology().statuses.get(name)
    return found or Status(name, clean(name) or "No status", confirmed=False, dash=(2, 8))


def name_relation(type_: str, fallback: str) -> tuple[str, str]:
    """How a tie reads from its source ("acquired") and from its target ("acquired by")."""
    found = ontology().relations.get(type_)
    if found:
        return found.label, found.inverse
    own = style().relations.get(type_)
    if own:
        return own["label"], own["inverse"]
    label = clean(fallback) or clean(type_).replace("_", " ").lower() or "is tied to"
    return label, label


def weigh_relation(type_: str) -> str:
    """How heavily a tie type is drawn: a deal "strong", one of people or place "faint"."""
    found = ontology().relations.get(type_)
    if found and found.deal:
        return "strong"
    return "faint" if found and found.group in style().faint_groups else "plain"


def find_relation(word: str) -> str:
    """The relation type of a name, a deal's noun or a label; "" where the ontology has none."""
    if word in ontology().relations:
        return word
    for name, relation in ontology().relations.items():
        if word and word.lower() in (relation.noun, relation.label):
            return name
    return ""


def tie_type(link: Link, nodes: Mapping[str, Node]) -> str:
    """The relation type that a link tells of: a spoke of a deal tells of the deal's own type."""
    if link.type not in style().spokes:
        return link.type
    for end in (link.target, link.source):
        node = nodes.get(end)
        if node and is_deal(node):
            return find_relation(_by_code(node.properties).get("type", "")) or link.type
    return link.type


def word_role(type_: str, link: Link) -> tuple[str, bool]:
    """The role of a party as it is shown, and whether the deal reads from it the other way.

    Where both sides have one role it says nothing and is left out.
    """
    role = clean(_by_code(link.properties).get("role", "") or link.label)
    found = ontology().relations.get(type_)
    if not found or role not in found.roles or found.roles[0] == found.roles[1]:
        return "", False
    return role, role == found.roles[1]


def name_deal(node: Node) -> str:
    """The few words under a deal in the picture: "Plant, EUR 2bn", "Joint venture"."""
    known = _by_code(node.properties)
    relation = ontology().relations.get(find_relation(known.get("type", "")))
    kinds = ontology().facility_kinds
    noun = relation.noun if relation and relation.noun else style().deal["title"]
    if relation and relation.site:
        kind = known.get("kind", "")
        noun = kinds.get(kind) or (kind if kind in kinds.values() else noun)
    amount = clean(known.get("amount_text") or known.get("amount") or "")
    words = f"{noun}, {amount}" if amount else noun
    return words[:1].upper() + words[1:]


def list_facts(properties: Mapping[str, str], of: str) -> Iterator[tuple[str, str]]:
    """What the panel lists of a node, deal or tie (``of``), as (name, value): known ones first.

    Properties may come by code ("amount_text", "rnd") or as captions ("Amount", "research …").
    """
    titles, given = style().properties, _by_code(properties)
    skip = style().hidden_properties | set(style().shown_elsewhere[of])
    for first, others in style().said_by.items():
        if given.get(first):
            skip = skip.union(others)
    order = [code for code in titles if code in given]
    order += [code for code in given if code not in titles]
    for code in order:
        value = clean(given[code])
        if code not in skip and value:
            name = titles.get(code) or clean(code).replace("_", " ").strip().capitalize()
            yield name, _word_value(code, value)


def tell(properties: Mapping[str, str]) -> dict[str, str]:
    """What a row says of a tie or deal in a few words, by what it is: kind, amount, since, …"""
    given, found = _by_code(properties), {}
    for name, codes in style().told.items():
        code = next((code for code in codes if given.get(code)), "")
        value = clean(_word_value(code, given[code])) if code else ""
        if value and given[code] not in style().says_nothing:
            found[name] = value
    return found


def _by_code(properties: Mapping[str, str]) -> dict[str, str]:
    return {key.strip().lower().replace(" ", "_"): str(v) for key, v in properties.items()}


def _word_value(code: str, value: str) -> str:
    if code == "kind":
        words = ontology()
        return words.facility_kinds.get(value) or words.partnership_kinds.get(value, value)
    return value
