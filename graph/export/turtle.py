"""Turtle, written node by node: nothing is held, however large the graph."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

_VOCABULARY = "schema"  # the prefix of the context's @vocab
_ESCAPED = re.compile('[\x00-\x1f"\\\\\x7f]')
_SHORT = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def write_blocks(nodes: Iterable[Mapping[str, Any]], context: Mapping[str, Any]) -> Iterator[str]:
    """Nodes of JSON-LD as Turtle, a text a node, after the prefixes.

    A node has an "id" and the keys of ``context``, of which prefixes, @vocab and the @type of a
    value are understood; a node within it becomes a block of its own.
    """
    yield f"@prefix {_VOCABULARY}: <{context['@vocab']}> .\n"
    for name, told in context.items():
        if isinstance(told, str) and not told.startswith("@") and not name.startswith("@"):
            yield f"@prefix {name}: <{told}> .\n"
    for node in nodes:
        yield from _block(node, context)


def _block(node: Mapping[str, Any], context: Mapping[str, Any]) -> Iterator[str]:
    lines = []
    for key, value in node.items():
        if key == "id":
            continue
        values = value if isinstance(value, list) else [value]
        told = [_term(key, one, context) for one in dict.fromkeys(map(_id_of, values))]
        lines.append(f"{'a' if key == 'type' else _name(key)} {', '.join(told)}")
    yield f"\n<{node['id']}> " + " ;\n    ".join(lines) + " .\n"
    for value in node.values():
        for inner in value if isinstance(value, list) else []:
            if isinstance(inner, Mapping):
                yield from _block(inner, context)


def _id_of(value: Any) -> str:
    return str(value["id"] if isinstance(value, Mapping) else value)


def _term(key: str, value: str, context: Mapping[str, Any]) -> str:
    if key == "type":
        return _name(value)
    type_ = context.get(key, {}).get("@type")
    if type_ == "@id":
        return f"<{value}>"
    return _literal(value) + (f"^^{type_}" if type_ else "")


def _name(key: str) -> str:
    return key if ":" in key else f"{_VOCABULARY}:{key}"


def _literal(text: str) -> str:
    return '"' + _ESCAPED.sub(_escape, text) + '"'


def _escape(found: re.Match[str]) -> str:
    return _SHORT.get(found[0]) or f"\\u{ord(found[0]):04X}"
