"""GraphML of any program as a picture: names, kinds and types are taken from what most programs
call them, everything else is shown as it is."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

from extract.errors import InputError
from extract.ontology import ontology
from queries.picture import Link, Node, Picture

_NAMES = ("name", "label", "title")
_KINDS = ("kind", "type", "category")
_TYPES = ("type", "label", "relation")
_OTHER, _RELATED = "Other", "RELATED_TO"
_MOST = 300  # characters of a property that are shown
_DOCTYPE = re.compile(rb"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)

Row = Mapping[str, Any]


def draw_graphml(file: Path) -> Picture:
    """The picture of a GraphML file. Raises InputError where it is none, OSError."""
    import networkx as nx

    raw = file.read_bytes()
    if _DOCTYPE.search(raw):
        # Entities can blow a file up a billionfold, or read other files: no graph needs them.
        raise InputError(f"{file}: has a DOCTYPE; save it again as plain GraphML without one")
    try:
        graph = nx.parse_graphml(raw.decode("utf-8-sig"), force_multigraph=True)
    except (ParseError, nx.NetworkXError, ValueError, KeyError, TypeError, LookupError) as error:
        reason = " ".join(str(error).split())[:200] or type(error).__name__
        raise InputError(f"{file}: is no GraphML that can be read ({reason})") from None
    nodes = tuple(_node(str(id_), data) for id_, data in graph.nodes(data=True))
    links = tuple(
        _link(number, str(one), str(other), data, graph.is_directed())
        for number, (one, other, data) in enumerate(graph.edges(data=True))
    )
    return Picture(
        title=file.stem,
        question=f"The graph in {file.name}.",
        nodes=tuple(sorted(nodes, key=lambda node: (node.name.casefold(), node.id))),
        links=links,
        note="" if nodes else "The file holds no node.",
    )


def _node(id_: str, data: Row) -> Node:
    named, kind = _first(data, _NAMES), _first(data, _KINDS)
    return Node(
        id_,
        _text(data[named]) if named else id_,
        _text(data[kind]) if kind else _OTHER,
        properties=_rest(data, {named, kind}),
    )


def _link(number: int, one: str, other: str, data: Row, directed: bool) -> Link:
    type_ = _first(data, _TYPES)
    name = _text(data[type_]) if type_ else _RELATED
    status = _text(data.get("status", "")).strip()
    known = status.lower().replace(" ", "_")
    relation = ontology().relations.get(name)
    return Link(
        f"e{number:08}",
        one,
        other,
        name,
        relation.label if relation else _in_words(name),
        known if known in ontology().statuses else status or "in_effect",
        _share(data.get("confidence", 1.0)),
        directed=directed and data.get("directed", True) and not (relation and relation.symmetric),
        properties=_rest(data, {type_, "confidence", "status", "directed"}),
    )


def _in_words(name: str) -> str:
    return name.replace("_", " ").lower() if name.isupper() else name


def _first(data: Row, names: tuple[str, ...]) -> str | None:
    return next((name for name in names if _text(data.get(name, "")).strip()), None)


def _rest(data: Row, taken: set[str | None]) -> dict[str, str]:
    rest = {str(name): _text(value) for name, value in data.items() if name not in taken}
    return {name: value[:_MOST] for name, value in sorted(rest.items()) if value.strip()}


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _share(value: object) -> float:
    try:
        share = float(str(value))
    except ValueError:
        return 1.0
    return share if math.isfinite(share) else 1.0
