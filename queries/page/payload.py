"""A picture in the words of the page's script: numbers for ids, everything safe to show."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from extract.ontology import ontology
from queries.page import reduction, style
from queries.page.communities import divide, word_parts
from queries.page.places import place_nodes
from queries.page.text import (
    check_link,
    clean,
    cut_at_names,
    read_day,
    word_date,
    word_period,
)
from queries.picture import Evidence, Link, Node, Picture, Source

if TYPE_CHECKING:
    from queries.map import Spot

Row = dict[str, Any]


def make_payloads(picture: Picture) -> list[Row]:
    """What the script gets to know of ``picture``; keys are those that script/data.js reads.

    One, or, of a picture above the limits, that of its overview and those of its communities.
    """
    allowed = reduction.drop_undrawn_links(picture)
    whole, loose = reduction.drop_loose_links(_drop_doubles(allowed))
    if len(whole.nodes) <= style.style().limits.most:
        return [_describe(whole, loose)]
    overview, parts = divide(whole)
    if len(parts) < 2:
        return [_describe(whole, loose)]
    first = _describe(replace(overview, documents=picture.documents), loose, word_parts(parts))
    for row, part in zip(first["nodes"], parts, strict=True):
        row["part"] = part.number
        row["degree"] = len(part.picture.links) + part.outside
    for row, link in zip(first["links"], overview.links, strict=True):
        row["times"] = len(link.statements) or 1
    own = [_describe(part.picture) for part in parts]
    first["members"] = [[node["name"] for node in payload["nodes"]] for payload in own]
    for payload, part in zip(own, parts, strict=True):
        payload["within"] = {"name": clean(part.node.name), "outside": part.outside}
    return [first, *own]


def _describe(picture: Picture, *notices: str) -> Row:
    """What the script gets to know of a picture that is drawn at once.

    Nodes, links, sentences and documents refer to one another by their place in their list. A
    picture above the limits comes reduced, and says so in ``notices``.
    """
    drawn, reduced = reduction.reduce(picture)
    nodes = {node.id: node for node in drawn.nodes}
    node_at = {id_: number for number, id_ in enumerate(nodes)}
    document_at = {source.id: number for number, source in enumerate(drawn.documents)}
    evidence_at = {item.id: number for number, item in enumerate(drawn.evidence)}
    types = {link.id: style.tie_type(link, nodes) for link in drawn.links}
    words = _word_types(drawn.links, types)
    degree = reduction.count_ties(drawn.links)
    folding = _find_folding(drawn)
    spots = place_nodes(drawn)
    groups, group_of = style.colour_groups(drawn.nodes)
    return {
        "title": clean(picture.title) or "Partnerships",
        "question": clean(picture.question),
        "note": clean(picture.note).strip(),
        "notices": [clean(text) for text in (*notices, reduced) if text.strip()],
        "parameters": [[clean(k), clean(str(v))] for k, v in picture.parameters.items()],
        "period": word_period(source.date for source in picture.documents),
        "documentCount": len(picture.documents),
        "kinds": _describe_kinds(drawn.nodes),
        "types": _describe_types(drawn.links, types, words),
        "statuses": _describe_statuses(drawn.links),
        "groups": groups,
        "nodes": [
            _describe_node(node, degree[node.id], folding, spots.get(node.id), group_of)
            for node in nodes.values()
        ],
        "links": [
            _describe_link(link, types[link.id], words[types[link.id]], node_at, evidence_at)
            for link in drawn.links
        ],
        "evidence": [_describe_evidence(item, document_at) for item in drawn.evidence],
        "documents": [_describe_document(source) for source in drawn.documents],
        "world": _describe_world() if spots else None,
    }


def _drop_doubles(picture: Picture) -> Picture:
    """Ids are keys on the page: of two items with one id the first stands."""
    return replace(
        picture,
        nodes=tuple({node.id: node for node in reversed(picture.nodes)}.values())[::-1],
        links=tuple({link.id: link for link in reversed(picture.links)}.values())[::-1],
        evidence=tuple({item.id: item for item in reversed(picture.evidence)}.values())[::-1],
    )


def _find_folding(picture: Picture) -> set[str]:
    """The ids of deals that folded ties can stand for."""
    told = {id_ for link in picture.links if link.folded for id_ in link.statements}
    return {
        end
        for link in picture.links
        if link.type in style.style().spokes and told.intersection(link.statements)
        for end in (link.source, link.target)
    }


def _describe_kinds(nodes: Sequence[Node]) -> list[Row]:
    counts = Counter(node.kind for node in nodes)
    rows = []
    for name in _in_order(counts, ontology().kinds):
        kind = style.find_kind(name)
        rows.append(
            {
                "id": clean(name),
                "title": kind.title,
                "plural": kind.plural,
                "colour": kind.colour,
                "shape": kind.shape,
                "count": counts[name],
                "deal": name == style.style().deal_kind,
                "minor": kind.type in style.style().minor_types,
            }
        )
    return rows


def _word_types(links: Sequence[Link], types: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """How the ties of each type read, from the source and from the target."""
    words: dict[str, tuple[str, str]] = {}
    for link in links:
        spoke = link.type in style.style().spokes
        name = types[link.id]
        words.setdefault(name, style.name_relation(name, "" if spoke else link.label))
    return words


def _describe_types(
    links: Sequence[Link], types: Mapping[str, str], words: Mapping[str, tuple[str, str]]
) -> list[Row]:
    """Tie types with how many ties each has: a deal counts once, however many its parties."""
    ties: dict[str, set[str]] = defaultdict(set)
    for link in links:
        type_ = types[link.id]
        spoke = link.type in style.style().spokes
        deal = link.target if link.type == "PARTY_TO" else link.source
        ties[type_].update([] if link.folded else [deal if spoke else link.id])
    return [
        {
            "id": clean(name),
            "label": words[name][0],
            "inverse": words[name][1],
            "weight": style.weigh_relation(name),
            "count": len(ties[name]),
        }
        for name in _in_order(ties, ontology().relations)
    ]


def _describe_statuses(links: Sequence[Link]) -> list[Row]:
    ties: dict[str, set[str]] = defaultdict(set)
    for link in links:
        spoke = link.type in style.style().spokes
        deal = link.target if link.type == "PARTY_TO" else link.source
        ties[link.status].update([] if link.folded else [deal if spoke else link.id])
    rows = []
    for name in _in_order(ties, ontology().statuses):
        status = style.find_status(name)
        rows.append(
            {
                "id": clean(name),
                "title": status.title,
                "confirmed": status.confirmed,
                "dash": list(status.dash),
                "count": len(ties[name]),
            }
        )
    return rows


def _in_order(found: Mapping[str, object], known: Mapping[str, object]) -> list[str]:
    """Names in the ontology's order, the others after them by name."""
    return [name for name in known if name in found] + sorted(set(found) - set(known))


def _describe_world() -> Row:
    from queries.map import outlines

    return {name: outlines()[name] for name in ("width", "height", "land", "borders")}


def _describe_node(
    node: Node, degree: int, folding: Set[str], spot: Spot | None, group_of: Mapping[str, int]
) -> Row:
    deal = style.is_deal(node)
    row: Row = {
        "id": clean(node.id),
        "name": clean(node.name).strip() or "(no name)",
        "kind": clean(node.kind),
        "degree": degree,
        "facts": list(style.list_facts(node.properties, "deal" if deal else "node")),
    }
    if deal:
        row["told"] = style.tell(node.properties)
        row["short"] = style.name_deal(node)
        if node.id in folding:
            row["folds"] = True
    if node.id in group_of:
        row["group"] = group_of[node.id]
    if node.weight is not None:
        row["weight"] = max(0.0, node.weight) if math.isfinite(node.weight) else 0.0
    if spot:
        row["spot"] = [spot.name, spot.x, spot.y]
    if node.aliases:
        row["aliases"] = [clean(alias) for alias in node.aliases]
    if node.documents:
        row["facts"].append((style.style().properties["documents"], f"{node.documents:,}"))
    return row


def _describe_link(
    link: Link,
    type_: str,
    usual: tuple[str, str],
    node_at: Mapping[str, int],
    evidence_at: Mapping[str, int],
) -> Row:
    """A tie; how it reads is told only where not as its type does."""
    row: Row = {
        "id": clean(link.id),
        "from": node_at[link.source],
        "to": node_at[link.target],
        "type": clean(type_),
        "status": clean(link.status),
        "confidence": _as_share(link.confidence),
        "evidence": [evidence_at[s] for s in link.statements if s in evidence_at],
    }
    words = style.name_relation(link.type, link.label)
    if link.type == style.style().community_tie:
        words = (clean(link.label), clean(link.label))
    if words != usual:
        row["label"], row["inverse"] = words
    if facts := list(style.list_facts(link.properties, "tie")):
        row["facts"] = facts
    if link.type in style.style().spokes:
        row["spoke"] = link.type
        row["role"], row["second"] = style.word_role(type_, link)
    else:
        row["told"] = style.tell(link.properties)
    if link.directed:
        row["directed"] = True
    if link.folded:
        row["folded"] = True
    return row


def _describe_evidence(item: Evidence, document_at: Mapping[str, int]) -> Row:
    return {
        "pieces": cut_at_names(item.text, item.names),
        "document": document_at.get(item.document, -1),
        "type": clean(item.type),
        "status": clean(item.status),
        "confidence": _as_share(item.confidence),
    }


def _describe_document(source: Source) -> Row:
    row = {
        "title": clean(source.title).strip() or clean(source.source) or "Untitled document",
        "date": word_date(source.date),
        "day": read_day(source.date),
        "publisher": clean(source.publisher),
        "url": check_link(source.url),
        "source": clean(source.source),
    }
    return {key: value for key, value in row.items() if value}


def _as_share(value: float) -> float:
    """A confidence that JSON can hold: between 0 and 1, and 0 for what is no number."""
    return round(min(1.0, max(0.0, value)), 3) if math.isfinite(value) else 0.0
