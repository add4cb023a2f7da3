"""GraphML, and GEXF with time spans: for Gephi, networkx, yEd, Cytoscape."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Mapping
from typing import TextIO
from xml.sax.saxutils import escape, quoteattr

from graph.export.network import ENTITY_COLUMNS, TIE_COLUMNS, Row, is_symmetric

_GRAPHML_TYPES = {str: "string", int: "int", float: "double"}
_GEXF_TYPES = {str: "string", int: "integer", float: "double", bool: "boolean"}
# What XML 1.0 can't hold.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_DAY = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?$")


def write_graphml(entities: Iterable[Row], ties: Iterable[Row], file: TextIO) -> None:
    """Entities and ties as GraphML; whether a tie has a direction is its "directed", as readers
    refuse both sorts in one graph."""
    file.write('<?xml version="1.0" encoding="UTF-8"?>\n')
    file.write('<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n')
    for owner, columns in (("node", ENTITY_COLUMNS), ("edge", TIE_COLUMNS)):
        for name, kind in columns.items():
            type_ = _GRAPHML_TYPES[kind]
            file.write(_key(owner, name, type_))
    file.write(_key("edge", "directed", "boolean"))
    file.write('<graph id="partnergraph" edgedefault="directed">\n')
    for row in entities:
        data = _data("node", row, ENTITY_COLUMNS)
        file.write(f"<node id={_attribute(row['id'])}>{data}</node>\n")
    for row in ties:
        ends = f"source={_attribute(row['source'])} target={_attribute(row['target'])}"
        directed = "false" if is_symmetric(row["type"]) else "true"
        data = _data("edge", row, TIE_COLUMNS) + f'<data key="edge-directed">{directed}</data>'
        file.write(f"<edge id={_attribute(row['id'])} {ends}>{data}</edge>\n")
    file.write("</graph>\n</graphml>\n")


def write_gexf(entities: Iterable[Row], ties: Iterable[Row], file: TextIO) -> None:
    """Entities and ties as GEXF 1.3, "directed" as in GraphML.

    A tie is there from its "since" to its "until", as far as they are known: Gephi's timeline
    plays it.
    """
    file.write('<?xml version="1.0" encoding="UTF-8"?>\n')
    file.write('<gexf xmlns="http://gexf.net/1.3" version="1.3">\n')
    file.write('<graph defaultedgetype="directed" mode="dynamic" timeformat="date">\n')
    numbers: list[dict[str, int]] = []
    ties_columns = {**TIE_COLUMNS, "directed": bool}
    for owner, columns in (("node", ENTITY_COLUMNS), ("edge", ties_columns)):
        numbers.append({name: number for number, name in enumerate(columns)})
        file.write(f'<attributes class="{owner}">\n')
        for number, (name, kind) in enumerate(columns.items()):
            file.write(f'<attribute id="{number}" title="{name}" type="{_GEXF_TYPES[kind]}"/>\n')
        file.write("</attributes>\n")
    file.write("<nodes>\n")
    for row in entities:
        head = f"<node id={_attribute(row['id'])} label={_attribute(row.get('name', ''))}>"
        file.write(f"{head}{_values(row, numbers[0])}</node>\n")
    file.write("</nodes>\n<edges>\n")
    for row in ties:
        row = {**row, "directed": "false" if is_symmetric(row["type"]) else "true"}
        ends = f"source={_attribute(row['source'])} target={_attribute(row['target'])}"
        head = f"<edge id={_attribute(row['id'])} {ends}{_span(row)}>"
        file.write(f"{head}{_values(row, numbers[1])}</edge>\n")
    file.write("</edges>\n</graph>\n</gexf>\n")


def _key(owner: str, name: str, type_: str) -> str:
    attributes = f'id="{owner}-{name}" for="{owner}" attr.name="{name}" attr.type="{type_}"'
    return f"<key {attributes}/>\n"


def _data(owner: str, row: Row, columns: Mapping[str, type]) -> str:
    return "".join(
        f'<data key="{owner}-{name}">{_text(row[name])}</data>' for name in columns if name in row
    )


def _values(row: Row, numbers: Mapping[str, int]) -> str:
    found = [
        f'<attvalue for="{number}" value={_attribute(row[name])}/>'
        for name, number in numbers.items()
        if name in row
    ]
    return f"<attvalues>{''.join(found)}</attvalues>" if found else ""


def _span(row: Row) -> str:
    """When a tie is there: a year or a month begins with its first day and ends with its last."""
    start, end = _day(row.get("since"), last=False), _day(row.get("until"), last=True)
    if start and end and end < start:
        return ""
    return (f' start="{start}"' if start else "") + (f' end="{end}"' if end else "")


def _day(told: object, *, last: bool) -> str:
    found = _DAY.match(str(told or ""))
    if not found:
        return ""
    year, month, day = int(found[1]), int(found[2] or (12 if last else 1)), found[3]
    if not 1 <= month <= 12 or not year:
        return ""
    whole = calendar.monthrange(year, month)[1] if last else 1
    return f"{year:04}-{month:02}-{int(day) if day else whole:02}"


def _text(value: object) -> str:
    return escape(_FORBIDDEN.sub("", str(value)))


def _attribute(value: object) -> str:
    entities = {"\n": "&#10;", "\t": "&#9;", "\r": "&#13;"}
    return quoteattr(_FORBIDDEN.sub("", str(value)), entities)
