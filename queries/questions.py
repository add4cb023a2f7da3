"""The catalogue: every question is one .cypher file, with a header in YAML in its first comment.

    /*
    title: Partners of a firm
    answers: Who works with {name}, and how.
    topic: partners
    parameters:
      - {name: name, type: entity, example: Volkswagen, help: a firm, a university, a city}
    columns: {partner: the other side}
    picture: the firm in the middle, its partners around it
    */
    WITH toLower($name) AS key …

A file is plain Cypher: queries/pasting.py writes it as it can be pasted into Neo4j Browser.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from extract.errors import QueryError

ParameterType = Literal["entity", "country", "text", "integer", "number", "date", "boolean"]

_HEADER = re.compile(r"\s*/\*(.*?)\*/", re.DOTALL)
_COMMENT_OR_STRING = re.compile(
    r"/\*.*?\*/|//[^\n]*|'(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\"", re.DOTALL
)
_PARAMETER = re.compile(r"\$(\w+)")
_PLACEHOLDER = re.compile(r"\{(\w+)\}")


class Parameter(BaseModel):
    """One value that a question takes. A parameter with a ``default`` may be left out.

    ``type`` "entity" is a name that is looked up in the graph; "country" is a country by any of
    its names; "date" is ISO 8601, as precise as known; "boolean" is yes or no.
    A text may be one of ``choices`` alone, whatever its case. ``suggestions`` is Cypher that
    returns as ``value`` what may be given, beginning with $start; each type has one by itself.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = Field(pattern=r"^[a-z][a-z_]*$")
    type: ParameterType
    default: str | int | float | bool | None = None
    example: str
    choices: tuple[str, ...] = ()
    suggestions: str = ""
    help: str = Field(min_length=1)

    @property
    def required(self) -> bool:
        """Whether the question can't be asked without it."""
        return "default" not in self.model_fields_set


class Question(BaseModel):
    """A question of the catalogue: its header, and the Cypher that answers it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = Field(pattern=r"^[a-z][a-z0-9-]*$")
    title: str = Field(min_length=1)
    answers: str = Field(min_length=1)
    topic: str = Field(min_length=1)
    parameters: tuple[Parameter, ...] = ()
    columns: Mapping[str, str] = Field(min_length=1)
    picture: str = Field(min_length=1)
    cypher: str = Field(min_length=1)

    @model_validator(mode="after")
    def _agrees_with_its_cypher(self) -> Question:
        named = [parameter.name for parameter in self.parameters]
        used = set(_PARAMETER.findall(strip_texts(self.cypher)))
        if len(set(named)) < len(named):
            raise ValueError("parameters: one name twice")
        if missing := sorted(used - set(named)):
            raise ValueError(f"parameters: the Cypher uses ${missing[0]}, which is not declared")
        if unused := sorted(set(named) - used):
            raise ValueError(
                f"parameters: {unused[0]} is declared, but the Cypher has no ${unused[0]}"
            )
        placeholders = set(_PLACEHOLDER.findall(self.title + self.answers))
        if unknown := sorted(placeholders - set(named)):
            raise ValueError(f"answers: {{{unknown[0]}}} is no parameter")
        return self

    def sentence(self, parameters: Mapping[str, object]) -> str:
        """What the question answers, with its ``{parameter}`` placeholders filled in."""
        return fill(self.answers, parameters)


def strip_texts(cypher: str) -> str:
    """Cypher without its comments and strings."""
    return _COMMENT_OR_STRING.sub(" ", cypher)


def fill(text: str, parameters: Mapping[str, object]) -> str:
    """``text`` with each ``{name}`` replaced by that parameter's value, "any" where it has none."""

    def value(match: re.Match[str]) -> str:
        found = parameters.get(match[1])
        return "any" if found is None else str(found)

    return _PLACEHOLDER.sub(value, text)


def read_question(path: Path) -> Question:
    """The question in one .cypher file, named as the file is.

    Raises QueryError with the file and the line where the header can't be understood.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise QueryError(f"{path}: can't be read as a question ({error})") from error
    return parse_question(path.stem, text, str(path))


def parse_question(name: str, text: str, source: str) -> Question:
    """A question from the text of its .cypher file; ``source`` is how errors call that file."""
    header = _HEADER.match(text)
    if header is None:
        raise QueryError(
            f"{source}, line 1: a question begins with a header, /* title: … answers: … */; "
            "see queries/catalogue for examples"
        )
    first_line = text.count("\n", 0, header.start(1)) + 1
    fields, tree = _yaml(header[1], source, first_line)
    # The file gives these two; a header that sets them would be an unknown key.
    if clash := {"name", "cypher"} & set(fields):
        raise QueryError(
            f"{source}, line {first_line}: {min(clash)} is not a key of the header; "
            "the file's own name and text say it"
        )
    try:
        return Question(name=name, cypher=text[header.end() :].strip(), **fields)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        line = first_line + _line(tree, first["loc"])
        said = first["msg"].removeprefix("Value error, ")
        raise QueryError(f"{source}, line {line}: {where + ': ' if where else ''}{said}") from error


def _yaml(header: str, source: str, first_line: int) -> tuple[dict[str, Any], yaml.Node | None]:
    try:
        fields, tree = yaml.safe_load(header), yaml.compose(header, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = first_line + (mark.line if mark else 0)
        problem = getattr(error, "problem", None) or "not YAML"
        raise QueryError(f"{source}, line {line}: the header is not YAML ({problem})") from error
    if not isinstance(fields, dict) or not all(isinstance(key, str) for key in fields):
        raise QueryError(f"{source}, line {first_line}: the header holds no keys such as title:")
    return fields, tree


def _line(tree: yaml.Node | None, location: tuple[int | str, ...]) -> int:
    """The line, from 0, of the header where the value at this location stands."""
    node = tree
    line = 0
    for part in location:
        if isinstance(node, yaml.MappingNode):
            pair = next((p for p in node.value if p[0].value == part), None)
            if pair is None:
                break
            line, node = pair[0].start_mark.line, pair[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int):
            node = node.value[part]
            line = node.start_mark.line
    return line


def read_catalogue(folder: Path) -> dict[str, Question]:
    """The questions of a folder of .cypher files, by name, in the order of names.

    Raises QueryError with the file and the line for the first that can't be understood, and
    where the folder holds none.
    """
    return {path.stem: read_question(path) for path in list_catalogue(folder)}


def list_catalogue(folder: Path) -> list[Path]:
    """The .cypher files of a folder. Raises QueryError where there is none."""
    found = sorted(folder.glob("*.cypher")) if folder.is_dir() else []
    if not found:
        raise QueryError(f"{folder}: no folder with .cypher files; see docs/catalogue.md")
    return found


@cache
def questions() -> Mapping[str, Question]:
    """The catalogue that comes with the package, by name, in the order of names."""
    folder = files("queries").joinpath("catalogue")
    found = (entry for entry in folder.iterdir() if entry.name.endswith(".cypher"))
    return MappingProxyType(
        {
            entry.name.removesuffix(".cypher"): parse_question(
                entry.name.removesuffix(".cypher"), entry.read_text(encoding="utf-8"), entry.name
            )
            for entry in sorted(found, key=lambda entry: entry.name)
        }
    )
