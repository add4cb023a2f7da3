"""Names and ties as CSV for spreadsheets, and the whole graph as CSV for neo4j-admin."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from extract.writing import FORMULA, result_file
from graph.contents import stored_nodes, stored_ties
from graph.export.network import ENTITY_COLUMNS, TIE_COLUMNS, Row
from graph.schema import KEYS, NODE_ID, VERSION

if TYPE_CHECKING:
    from graph.store import Store

_MARK = "\ufeff"  # else Excel reads UTF-8 as something else
_SEPARATOR = "\x1f"  # of lists; a text that has it gets a space instead
_TYPES = {bool: "boolean", int: "long", float: "double", str: "string"}
_NO_LIST = {"[]": "string[]"}  # of which all are empty
IMPORT_FILE = "import.txt"
_Line = tuple[str, list[str], Row]  # the file, its fixed cells, the properties


def write_spreadsheets(entities: Iterable[Row], ties: Iterable[Row], folder: Path) -> None:
    """names.csv and ties.csv. What a spreadsheet would run as a formula gets an apostrophe."""
    ends = {"source_name": str, "target_name": str}
    _write_sheet(folder / "names.csv", ("id", *ENTITY_COLUMNS), entities)
    _write_sheet(folder / "ties.csv", ("id", *ends, *TIE_COLUMNS), ties)


def _write_sheet(path: Path, columns: Iterable[str], rows: Iterable[Row]) -> None:
    names = list(columns)
    with result_file(path) as file:
        file.write(_MARK)
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(names)
        for row in rows:
            writer.writerow([_guard(row.get(name, "")) for name in names])


def _guard(value: object) -> object:
    is_formula = isinstance(value, str) and value.startswith(FORMULA)
    return f"'{value}" if is_formula else value


def write_admin_files(store: Store, folder: Path) -> tuple[int, int]:
    """The whole graph for ``neo4j-admin database import full``: a file for each label and each
    type of relationship, and import.txt with the arguments. How many nodes and ties."""
    nodes = _Files(folder, lambda name: [f"{KEYS[name]}:ID({name})", ":LABEL"])
    ties = _Files(folder, _name_ends)
    number = (nodes.write(lambda: _node_rows(store)), ties.write(lambda: _tie_rows(store)))
    with result_file(folder / IMPORT_FILE) as file:
        file.write("--array-delimiter=U+001F\n--multiline-fields=true\n")
        file.writelines(f"--nodes={(folder / name).resolve()}.csv\n" for name in nodes.names)
        file.writelines(f"--relationships={(folder / name).resolve()}.csv\n" for name in ties.names)
    return number


def _node_rows(store: Store) -> Iterator[_Line]:
    yield "PartnergraphSchema", [NODE_ID, "PartnergraphSchema"], {"version": VERSION}
    for row in stored_nodes(store):
        label, known = row["labels"][0], dict(row["properties"])
        yield label, [known.pop(KEYS[label]), _SEPARATOR.join(row["labels"])], known


def _tie_rows(store: Store) -> Iterator[_Line]:
    for row in stored_ties(store):
        yield "-".join(row["tie"]), [row["start"], row["end"], row["tie"][1]], row["properties"]


def _name_ends(name: str) -> list[str]:
    start, _, end = name.split("-")
    return [f":START_ID({start})", f":END_ID({end})", ":TYPE"]


class _Files:
    """CSV files that grow row by row, one for each sort of rows, after a pass that finds which
    properties each sort has, and of what types: the header comes first."""

    def __init__(self, folder: Path, fixed: Callable[[str], list[str]]) -> None:
        self.folder, self.fixed = folder, fixed
        self.types: dict[str, dict[str, str]] = defaultdict(dict)
        self.names: list[str] = []

    def write(self, rows: Callable[[], Iterator[_Line]]) -> int:
        """Write all rows; how many there were."""
        for name, _, known in rows():
            types = self.types[name]
            for key, value in known.items():
                types[key] = _widen(types.get(key, ""), _type_of(value))
        self.names = sorted(self.types)
        number = 0
        with ExitStack() as stack:
            files = {name: self._open(name, stack) for name in self.names}
            for name, fixed, known in rows():
                cells = [*fixed, *(known.get(key) for key in sorted(self.types[name]))]
                files[name].write(",".join(map(_cell, cells)) + "\n")
                number += 1
        return number

    def _open(self, name: str, stack: ExitStack) -> TextIO:
        file: TextIO = stack.enter_context(result_file(self.folder / f"{name}.csv"))
        types = self.types[name]
        told = (f"{key}:{_NO_LIST.get(types[key], types[key])}" for key in sorted(types))
        file.write(",".join([*self.fixed(name), *told]) + "\n")
        return file


def _type_of(value: object) -> str:
    if isinstance(value, list):
        return (_type_of(value[0]) if value else "") + "[]"
    return next(name for kind, name in _TYPES.items() if isinstance(value, kind))


def _widen(one: str, other: str) -> str:
    """The type that holds values of both; of an empty list it isn't known yet."""
    if one in ("", other) or one == "[]":
        return other
    if other == "[]":
        return one
    return "double" if {one, other} == {"long", "double"} else one


def _cell(value: object) -> str:
    """A quoted cell; nothing at all for what is not there, as "" is a text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        text = _SEPARATOR.join(str(item).replace(_SEPARATOR, " ") for item in value)
    else:
        text = str(value)
    return '"' + text.replace('"', '""') + '"'
