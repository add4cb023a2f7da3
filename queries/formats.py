"""An answer as a table for a terminal, as JSON for programs, as CSV for spreadsheets."""

from __future__ import annotations

import base64
import csv
import io
import json
import math
import re
import unicodedata
from collections.abc import Mapping
from typing import TYPE_CHECKING

from extract.ontology import ontology
from extract.writing import FORMULA
from queries.questions import fill
from queries.runner import Answer
from queries.values import NodeValue, PathValue, TieValue

if TYPE_CHECKING:
    from rich.table import Table

_WHITE = frozenset("\t\n\v\f\r\x85\u2028\u2029")
# They turn the reading order of what follows, and so can disguise one name as another.
_TURNS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_STEERING = re.compile("[\x7f-\x9f]")

_STATUSES = frozenset({"status", "said", "before", "within", "first"})
"""Columns of the catalogue that hold statuses."""

_HEADINGS = {"confidence": "sure", "documents": "docs"}
"""Shorter words for the table, where every column counts."""

_WHOLE = frozenset({"since", "until", "date", "status", "stake"})
"""Columns of short words that are not broken."""


def as_table(answer: Answer) -> Table:
    """A rich table, safe to print: no markup is read, no terminal escape passes.

    A tie that stands between its two ends is shown by its label, read from left to right. A
    column with nothing in it is left out, and so is a first column that only repeats the one
    asked about, whom the title names.
    """
    from rich import box
    from rich.table import Table
    from rich.text import Text

    question = answer.question
    table = Table(
        title=Text(printable(fill(question.title, answer.parameters))) if question else None,
        title_justify="left",
        title_style="bold",
        header_style="bold",
        box=box.SIMPLE_HEAD,
        show_edge=False,
        collapse_padding=True,
    )
    shown = [i for i in range(len(answer.columns)) if _is_shown(answer, i)]
    for i in shown:
        column = answer.columns[i]
        numbers = answer.rows and all(row[i] is None or _is_number(row[i]) for row in answer.rows)
        table.add_column(
            Text(printable(_HEADINGS.get(column, column).replace("_", " "))),
            justify="right" if numbers else "left",
            overflow="fold",
            no_wrap=bool(numbers) or column in _WHOLE,
        )
    for row in answer.rows:
        table.add_row(*(Text(printable(_cell(answer, row, i))) for i in shown))
    return table


def as_json(answer: Answer) -> str:
    """One JSON array of row objects, column → value.

    A node is {id, labels, properties}, a tie {type, start, end, properties} with the ids of its
    ends, a path {nodes, ties}; temporal values are ISO 8601.
    """
    rows = [
        {column: _json(value) for column, value in zip(answer.columns, row, strict=True)}
        for row in answer.rows
    ]
    return json_text(rows)


def json_text(value: object) -> str:
    """``value`` as JSON for people and programs: letters as they are, control characters escaped.

    JSON asks only for those below U+0020; the others (DEL, C1) can steer a terminal as well.
    """
    text = json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False)
    return _STEERING.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def as_csv(answer: Answer) -> str:
    """RFC 4180: a header, a record a row, CRLF. A node is its name, a tie "A –label→ B".

    Numbers stay numbers. Text that a spreadsheet would run as a formula (it begins with = + - @
    tab or return) gets an apostrophe in front, since names and sentences come from documents of
    strangers; control characters, which the RFC has no place for, are left out. There is no byte
    order mark; standard output is UTF-8.
    """
    if not answer.columns:
        return ""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([_guarded(column) for column in answer.columns])
    for row in answer.rows:
        cells = [
            value if _is_number(value) else _guarded(_words(answer, i, value))
            for i, value in enumerate(row)
        ]
        writer.writerow(cells)
    return out.getvalue()


def in_words(value: object) -> str:
    """Any value of an answer as people read it."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case NodeValue():
            return value.name
        case TieValue():
            return f"{value.start.name} –{tie_label(value)}→ {value.end.name}"
        case PathValue():
            return _path_in_words(value)
        case float():
            return f"{value:.4g}" if math.isfinite(value) and abs(value) < 1e4 else str(value)
        case list():
            return "; ".join(in_words(item) for item in value)
        case Mapping():
            return "; ".join(f"{key}: {in_words(item)}" for key, item in value.items())
        case _:
            return _scalar(value)


def tie_label(tie: TieValue, backwards: bool = False) -> str:
    """The tie's label in the ontology, read from start to end or ``backwards``.

    A tie that is not confirmed says so: "acquired (denied)".
    """
    found = ontology().relations.get(tie.relation)
    if found is None:
        return tie.relation.lower().replace("_", " ")
    label = found.inverse if backwards else found.label
    status = ontology().statuses.get(tie.status)
    return label if status is None or status.confirmed else f"{label} ({status.title.lower()})"


def code_in_words(column: str, value: object) -> str:
    """The ontology's word for a code such as "rnd_centre" in a column kind or status."""
    known = ontology()
    if column in _STATUSES and isinstance(value, list):
        return "; ".join(code_in_words("status", item) for item in value)
    if column in _STATUSES and value in known.statuses:
        return known.statuses[str(value)].title.lower()
    if column == "kind":
        kinds = {**known.partnership_kinds, **known.facility_kinds}
        return kinds.get(str(value), in_words(value))
    return in_words(value)


def _is_shown(answer: Answer, column: int) -> bool:
    values = [row[column] for row in answer.rows]
    if not values:
        return True
    if column == 0 and answer.question and answer.question.parameters:
        same = isinstance(values[0], NodeValue) and all(value == values[0] for value in values)
        asked = {str(value) for value in answer.parameters.values()}
        if same and in_words(values[0]) in asked and len(answer.columns) > 1:
            return False
    return any(value not in (None, "", []) for value in values)


def _cell(answer: Answer, row: tuple[object, ...], i: int) -> str:
    tie = row[i]
    if isinstance(tie, TieValue) and 0 < i < len(row) - 1:
        if row[i - 1] == tie.start and row[i + 1] == tie.end:
            return tie_label(tie)
        if row[i - 1] == tie.end and row[i + 1] == tie.start:
            return tie_label(tie, backwards=True)
    return _words(answer, i, tie)


def _words(answer: Answer, i: int, value: object) -> str:
    """In words; codes are translated in the catalogue's columns, never in people's own Cypher."""
    return code_in_words(answer.columns[i], value) if answer.question else in_words(value)


def _path_in_words(path: PathValue) -> str:
    if not path.nodes:
        return ""
    words = path.nodes[0].name
    for tie, before, after in zip(path.ties, path.nodes, path.nodes[1:], strict=False):
        forward = tie.start == before
        words += f" –{tie_label(tie)}→ " if forward else f" ←{tie_label(tie)}– "
        words += after.name
    return words


def _json(value: object) -> object:
    match value:
        case None | bool() | int():
            return value
        case float():
            return value if math.isfinite(value) else None
        case NodeValue():
            return {
                "id": value.id,
                "labels": list(value.labels),
                "properties": _json(value.properties),
            }
        case TieValue():
            return {
                "type": value.type,
                "start": value.start.id,
                "end": value.end.id,
                "properties": _json(value.properties),
            }
        case PathValue():
            return {
                "nodes": [_json(node) for node in value.nodes],
                "ties": [_json(tie) for tie in value.ties],
            }
        case Mapping():
            return {_valid(str(key)): _json(value[key]) for key in sorted(value, key=str)}
        case list():
            return [_json(item) for item in value]
        case _:
            return _scalar(value)


def _scalar(value: object) -> str:
    """Text, a temporal value as ISO 8601, bytes as base64."""
    if isinstance(value, bytes | bytearray):
        return base64.b64encode(value).decode("ascii")
    iso = getattr(value, "iso_format", None) or getattr(value, "isoformat", None)
    return _valid(str(iso() if iso is not None else value))


def _valid(text: str) -> str:
    """Text that can be encoded: lone surrogates become the replacement character."""
    return text.encode("utf-8", "surrogatepass").decode("utf-8", "replace")


def printable(text: str) -> str:
    """One line that a terminal prints as it stands: no control characters, no turned order."""
    return "".join(
        " " if char in _WHITE else char
        for char in _valid(text)
        if char in _WHITE or (unicodedata.category(char) != "Cc" and char not in _TURNS)
    )


def _guarded(text: str) -> str:
    text = "".join(c for c in _valid(text) if c in "\t\n\r" or unicodedata.category(c) != "Cc")
    return "'" + text if text.startswith(FORMULA) else text


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
