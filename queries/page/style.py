"""How kinds, tie types and statuses look and read on the page.

The ontology says it for everything it knows; ``style.yaml`` for deals and for the page itself.
What neither knows is shown under its own name, in grey, and never as a confirmed tie.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
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
    unknown_kind: Mapping[str, str]
    spokes: tuple[str, ...]
    relations: Mapping[str, Mapping[str, str]]
    deals: Mapping[str, str]
    radius: Mapping[str, float]
    crowd_radius: Mapping[str, float]
    shape_scale: Mapping[str, float]
    properties: Mapping[str, str]
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
            "spokes": tuple(raw["spokes"]),
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
    look = style().deal if name == style().deal_kind else style().unknown_kind
    words = {"title": clean(name) or "Other", "plural": clean(name) or "Other"}
    return Kind(name=name, label=name, type="", subtype="", **{**words, **look})


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


def tie_type(link: Link, nodes: Mapping[str, Node]) -> str:
    """The relation type that a link tells of: a spoke of a deal tells of the deal's own type."""
    if link.type not in style().spokes:
        return link.type
    for end in (link.target, link.source):
        node = nodes.get(end)
        if node and is_deal(node) and node.properties.get("type"):
            return node.properties["type"]
    return link.type


def word_role(type_: str, role: str) -> tuple[str, bool]:
    """The role of a party as it is shown, and whether the deal reads from it the other way.

    Where both sides have one role it says nothing and is left out.
    """
    found = ontology().relations.get(type_)
    if not found or found.symmetric or found.roles[0] == found.roles[1]:
        return "" if found else clean(role), False
    return clean(role), role == found.roles[1]


def name_deal(node: Node) -> str:
    """The few words under a deal in the picture: "Plant, EUR 2bn", "Joint venture"."""
    type_, kind = node.properties.get("type", ""), node.properties.get("kind", "")
    noun = style().deals.get(type_, style().deal["title"])
    if type_ == "FACILITY_IN" and kind in ontology().facility_kinds:
        noun = ontology().facility_kinds[kind]
    amount = clean(node.properties.get("amount_text", ""))
    words = f"{noun}, {amount}" if amount else noun
    return words[:1].upper() + words[1:]


def list_facts(properties: Mapping[str, str], of: str) -> Iterator[tuple[str, str]]:
    """What the panel lists of a node, deal or tie (``of``), as (name, value): known ones first."""
    known = style().properties
    skip = style().hidden_properties | set(style().shown_elsewhere[of])
    for first, others in style().said_by.items():
        if properties.get(first):
            skip = skip.union(others)
    order = [key for key in known if key in properties]
    order += sorted(key for key in properties if key not in known)
    for key in order:
        value = clean(str(properties[key]))
        if key not in skip and value:
            name = known.get(key) or clean(key).replace("_", " ").strip().capitalize()
            yield name, _word_value(key, value)


def _word_value(key: str, value: str) -> str:
    if key == "status":
        return find_status(value).title
    if key == "type":
        return style().deals.get(value) or name_relation(value, value)[0]
    if key == "kind":
        words = ontology()
        return words.facility_kinds.get(value) or words.partnership_kinds.get(value, value)
    return value
