"""The HTML document: template, styles, scripts and data in one file that asks for nothing.

Scripts and styles are allowed by their hashes alone (Content Security Policy), so that markup in
the data could never run, even where an escape was forgotten.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from queries.page.network import draw_network, fill_network, read_library
from queries.page.style import style
from queries.page.text import dump_block

# The order in which the scripts are joined: each may use those before it.
SCRIPTS = (
    "dom",
    "data",
    "state",
    "time",
    "filter",
    "shapes",
    "canvas",
    "grid",
    "labels",
    "tielabels",
    "focus",
    "parts",
    "search",
    "limits",
    "legend",
    "sentences",
    "neighbours",
    "reach",
    "panel",
    "spots",
    "map",
    "mapmoves",
    "table",
    "exports",
    "vector",
    "export",
    "toolbar",
    "address",
    "main",
)
STYLES = ("tokens", "frame", "controls", "limits", "panel", "table", "map", "narrow", "print")

_TEMPLATE = "page.html"


def make_document(payloads: Sequence[Mapping[str, Any]]) -> str:
    """The whole page for a payload, ending in a line feed; of several the first is the overview,
    from which the others are opened."""
    payload, *parts = payloads
    library, script, styles = read_library(), join_scripts(), join_styles()
    network = fill_network(payload, _make_environment(), _TEMPLATE)
    environment = network.templateEnv
    environment.globals.update(
        payload=payload,
        parts=[(part, *draw_network(part)) for part in parts],
        sentences=_list_sentences(payload),
        most_sentences=style().limits.static_rows,
        policy=_make_policy([library, script], [styles]),
        library=library,
        script=script,
        styles=styles,
    )
    html: str = network.generate_html()
    return html


def _list_sentences(payload: Mapping[str, Any]) -> list[tuple[str, str, str, str]]:
    """The ties in words, for a reader without scripts: one name, the tie, the other, its status."""
    names = [node["name"] for node in payload["nodes"]]
    usual = {type_["id"]: type_["label"] for type_ in payload["types"]}
    return [
        (
            names[link["from"]],
            link.get("label") or usual[link["type"]],
            names[link["to"]],
            link["status"].replace("_", " "),
        )
        for link in payload["links"]
        if not link.get("folded")
    ]


@cache
def join_scripts() -> str:
    """The page's own script: its files in order, in one function so that nothing is global.
    Comments and indentation stay out: a fifth of every page."""
    from rjsmin import jsmin

    body = "\n".join(_read(f"script/{name}.js") for name in SCRIPTS)
    return str(jsmin(f'(() => {{\n"use strict";\n{body}}})();'))


@cache
def join_styles() -> str:
    """The page's styles, in the order in which they override one another."""
    from rcssmin import cssmin

    return str(cssmin("\n".join(_read(f"styles/{name}.css") for name in STYLES)))


def hash_source(text: str) -> str:
    """The name by which a policy allows an inline script or style."""
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"


def _make_policy(scripts: list[str], styles: list[str]) -> str:
    rules = {
        "default-src": "'none'",
        "script-src": " ".join(hash_source(text) for text in scripts),
        "style-src": " ".join(hash_source(text) for text in styles),
        "img-src": "data: blob:",
        "connect-src": "'none'",
        "base-uri": "'none'",
        "form-action": "'none'",
        "object-src": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def _make_environment() -> Any:
    import jinja2
    from markupsafe import Markup

    environment = jinja2.Environment(
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        undefined=jinja2.StrictUndefined,
        loader=jinja2.FunctionLoader(_read),
    )
    # The only doors past the escaping: our own files, and JSON that can't end its block.
    environment.filters["source"] = Markup
    environment.filters["block"] = lambda value: Markup(dump_block(value))
    environment.filters["options_block"] = lambda text: Markup(dump_block(json.loads(text)))
    return environment


@cache
def _read(path: str) -> str:
    text = files("queries.page").joinpath(path).read_bytes().decode("utf-8")
    return text.replace("\r\n", "\n")
