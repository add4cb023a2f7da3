"""The one place that knows pyvis: its Network is filled, its library found, its page replaced.

pyvis's own page asks the network for parts and lets scripts in names run; its ``add_edge`` drops
parallel ties and takes quadratic time. So its lists are filled directly and it renders our
template, in an environment that escapes.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from extract.errors import PartnergraphError
from queries.page.layout import lay_out
from queries.page.style import Limits, style

Row = dict[str, Any]

_SOURCE_MAP = re.compile(r"^//# sourceMappingURL=.*$", re.MULTILINE)
_HUB = 8  # ties that make a node as large as any, where none has more
_BEND = 0.18  # of the second of several ties between two nodes; the others bend further


def fill_network(payload: Mapping[str, Any], environment: Any, template: str) -> Any:
    """A pyvis Network that holds the nodes and ties of ``payload`` and renders ``template``.

    Only numbers and names of shapes go into it: no text of a document ever becomes an option.
    """
    from pyvis.network import Network

    network = Network(directed=True, cdn_resources="in_line")
    network.nodes, network.edges, network.options = draw_network(payload)
    network.node_ids = [node["id"] for node in network.nodes]
    network.templateEnv = environment
    network.path = template
    return network


def draw_network(payload: Mapping[str, Any]) -> tuple[list[Row], list[Row], Row]:
    """The nodes with their places, the edges and the options that vis-network gets."""
    nodes = _draw_nodes(payload)
    return nodes, _draw_edges(payload), _set_options(len(nodes), style().limits)


@cache
def read_library() -> str:
    """vis-network's script, as the installed pyvis bundles it, without its source map's address.

    Raises PartnergraphError where the installed pyvis has none.
    """
    found = [
        folder
        for folder in (files("pyvis") / "templates" / "lib").iterdir()
        if re.fullmatch(r"vis-[\d.]+", folder.name)
    ]
    if not found:
        raise PartnergraphError(
            "pyvis: the installed package lacks vis-network, which draws the page;"
            " install pyvis 0.3.2 again"
        )
    newest = max(found, key=lambda f: [int(n) for n in re.findall(r"\d+", f.name)])
    text = (newest / "vis-network.min.js").read_bytes().decode("utf-8")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _SOURCE_MAP.sub("", text).replace("</script", "<\\/script").strip()


def _draw_nodes(payload: Mapping[str, Any]) -> list[Row]:
    look = {kind["id"]: kind for kind in payload["kinds"]}
    nodes = payload["nodes"]
    range_ = style().crowd_radius if len(nodes) > style().limits.full else style().radius
    shares = _weigh(nodes)
    radii = [
        _radius(share, look[node["kind"]], range_)
        for node, share in zip(nodes, shares, strict=True)
    ]
    ties = [(link["from"], link["to"]) for link in payload["links"] if not link.get("folded")]
    places = lay_out(radii, ties, label_room=len(nodes) <= style().limits.full // 2)
    return [
        {
            "id": number,
            "x": x,
            "y": y,
            "shape": look[node["kind"]]["shape"],
            "size": round(radius * style().shape_scale.get(look[node["kind"]]["shape"], 1.0), 1),
        }
        for number, (node, radius, (x, y)) in enumerate(zip(nodes, radii, places, strict=True))
    ]


def _weigh(nodes: Sequence[Row]) -> list[float]:
    """How large each node is, from 0 to 1: by its weight where any has one, else by its ties."""
    weights = [node.get("weight") for node in nodes]
    if any(weights):
        heaviest = max(weight or 0.0 for weight in weights)
        return [(weight or 0.0) / heaviest for weight in weights]
    most = max(_HUB, *(node["degree"] for node in nodes)) if nodes else _HUB
    return [node["degree"] / most for node in nodes]


def _radius(share: float, kind: Row, range_: Mapping[str, float]) -> float:
    """Areas, not radii, grow with the share."""
    if kind["deal"]:
        return range_["deal"]
    radius = range_["least"] + (range_["most"] - range_["least"]) * math.sqrt(share)
    return radius * style().minor_scale if kind["minor"] else radius


def _draw_edges(payload: Mapping[str, Any]) -> list[Row]:
    links: Sequence[Row] = payload["links"]
    pairs = [(min(link["from"], link["to"]), max(link["from"], link["to"])) for link in links]
    folds = [bool(link.get("folded")) for link in links]
    number_of = Counter(zip(pairs, folds, strict=True))
    seen: Counter[tuple[tuple[int, int], bool]] = Counter()
    edges = []
    for number, (link, pair, folded) in enumerate(zip(links, pairs, folds, strict=True)):
        edge = {"id": number, "from": link["from"], "to": link["to"]}
        place = seen[pair, folded]
        always = number_of[pair, False]
        if folded and always:  # beside those that are drawn always
            bend = _bend(always - 1, always) + _BEND * (place + 1)
        else:
            bend = _bend(place, number_of[pair, folded])
        if bend and pair[0] != pair[1]:
            # One side of a pair is the same side whichever way the tie runs.
            edge["bend"] = round(bend if link["from"] == pair[0] else -bend, 3)
        seen[pair, folded] += 1
        edges.append(edge)
    return edges


def _bend(place: int, of: int) -> float:
    """How far the ``place``-th of several ties between two nodes leaves the straight line."""
    return (place - (of - 1) / 2) * 2 * _BEND / max(1.0, (of - 1) / 3)


def _set_options(size: int, limits: Limits) -> Row:
    plain = size > limits.full
    return {
        "physics": {"enabled": False},
        "layout": {"improvedLayout": False},
        "interaction": {
            "hover": size <= limits.plain,
            "tooltipDelay": 1_000_000,
            "hideEdgesOnDrag": size >= limits.drag,
            "hideEdgesOnZoom": size >= limits.drag,
            "multiselect": False,
            "selectConnectedEdges": False,
            "keyboard": {"enabled": False, "bindToWindow": False},
        },
        "nodes": {"chosen": False, "label": ""},
        "edges": {"chosen": False, "smooth": False, "selectionWidth": 0, "hoverWidth": 0},
        "page": {"plain": plain, "bare": size > limits.plain},
    }
