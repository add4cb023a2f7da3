"""Parameters from the command line: strings in, checked values out."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Mapping
from datetime import date

from extract.errors import QueryError
from extract.ontology import ontology
from graph.names.gazetteer import find_country
from graph.names.keys import fold
from queries.near import near_words
from queries.questions import Parameter, Question

_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_YES = frozenset({"yes", "true", "1", "on"})
_NO = frozenset({"no", "false", "0", "off"})
_WANTED = {
    "entity": "a name",
    "country": "a country that we know",
    "text": "some text",
    "integer": "a whole number from 1 on",
    "number": "a number",
    "date": "a date such as 2024, 2024-05 or 2024-05-31",
    "boolean": "yes or no",
}


def check_parameters(question: Question, given: Mapping[str, str]) -> dict[str, object]:
    """A value for every parameter of the question, with defaults filled in.

    Raises QueryError that names the right parameters, each with an example, where one is
    unknown, missing or malformed.
    """
    known = {parameter.name: parameter for parameter in question.parameters}
    for name in given:
        if name not in known:
            near = near_words(name, known)
            hint = f" (did you mean {near[0]}?)" if near else ""
            raise QueryError(f"{question.name} has no parameter {name!r}{hint}: {_usage(question)}")
    missing = [p.name for p in question.parameters if p.required and p.name not in given]
    if missing:
        raise QueryError(
            f"{question.name} needs the parameter {' and '.join(missing)}: {_usage(question)}"
        )
    checked = {
        name: _convert(question, parameter, given[name]) if name in given else parameter.default
        for name, parameter in known.items()
    }
    one, other = (fold(str(checked.get(name) or "")) for name in ("a", "b"))
    if one and one == other:
        raise QueryError(f"{question.name}: a and b are the same name, {checked['a']!r}")
    start, end = str(checked.get("from") or ""), str(checked.get("to") or "")
    if start and end and start[: len(end)] > end:
        raise QueryError(f"{question.name}: from={start} is later than to={end}")
    return checked


def _convert(question: Question, parameter: Parameter, text: str) -> object:
    value = _value(parameter, text)
    if parameter.choices and value is not None:
        return _choose(question, parameter, str(value))
    if value is None:
        raise QueryError(
            f"{question.name}: {parameter.name}={text!r} is not {_WANTED[parameter.type]}: "
            f"write for example {parameter.name}={parameter.example}"
        )
    return value


def _choose(question: Question, parameter: Parameter, text: str) -> str:
    """The choice that is meant, by its code or by its words."""
    words = {**ontology().facility_kinds, **ontology().partnership_kinds}
    by_word = {fold(words.get(choice, choice)): choice for choice in parameter.choices}
    by_word |= {fold(choice): choice for choice in parameter.choices}
    found = by_word.get(fold(text))
    if found is None:
        raise QueryError(
            f"{question.name}: {parameter.name}={text!r} is none of " + ", ".join(parameter.choices)
        )
    return found


def _value(parameter: Parameter, text: str) -> object:
    """The text as the parameter's type, or None where it is not of that type."""
    # A lone surrogate (an argument that is not UTF-8) can't be sent to a database.
    text = text.encode("utf-8", "replace").decode("utf-8").strip()
    match parameter.type:
        case "entity":
            return " ".join(unicodedata.normalize("NFC", text).split()) or None
        case "country":
            return find_country(text) or None
        case "text":
            return text or None
        case "integer":
            return int(text) if re.fullmatch(r"[0-9]{1,9}", text) and int(text) > 0 else None
        case "number":
            return _number(text)
        case "date":
            return text if _is_date(text) else None
        case "boolean":
            lower = text.lower()
            return lower in _YES if lower in _YES | _NO else None


def _number(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def _is_date(text: str) -> bool:
    if not _DATE.fullmatch(text) or not text.isascii():
        return False
    year, month, day, *_ = (*text.split("-"), "1", "1")
    try:
        date(int(year), int(month), int(day))
    except ValueError:
        return False
    return True


def _usage(question: Question) -> str:
    if not question.parameters:
        return "it takes none"
    return "it takes " + "; ".join(_one(p) for p in question.parameters)


def _one(parameter: Parameter) -> str:
    optional = "" if parameter.required else ", may be left out"
    return f"{parameter.name}={parameter.example} ({parameter.help}{optional})"
