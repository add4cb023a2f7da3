"""The model's answer: checked before anything of it is used."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from extract.llm.errors import BadAnswerError


def _as_list(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


class EntityAnswer(BaseModel):
    """Something that a document names; ``forms`` are its names, the fullest first."""

    model_config = ConfigDict(coerce_numbers_to_str=True)

    id: str
    type: str
    subtype: str | None = None
    forms: Annotated[list[str], BeforeValidator(_as_list)] = Field(min_length=1)


class TieAnswer(BaseModel):
    """What a document states of two of its entities."""

    model_config = ConfigDict(coerce_numbers_to_str=True)

    type: str
    head: str
    tail: str
    status: str
    attrs: dict[str, str | int | float | bool | None] | None = None
    evidence: Annotated[list[str], BeforeValidator(_as_list)]


class DocumentAnswer(BaseModel):
    """All that the model found in one document."""

    document: str
    entities: list[EntityAnswer]
    ties: list[TieAnswer]


def read_answer(content: str, names: Iterable[str]) -> dict[str, DocumentAnswer | BadAnswerError]:
    """What an answer has on each of the documents ``names``; an error for those that it has
    nothing usable on.

    Raises BadAnswerError where the answer as a whole is no such JSON.
    """
    rows: dict[str, list[dict[str, Any]]] = {}
    for row in _documents(content):
        if isinstance(row, dict):
            rows.setdefault(str(row.get("document")), []).append(row)
    return {name: _document(rows.get(name, [])) for name in names}


def _documents(content: str) -> list[Any]:
    """Models like to wrap JSON in a fence, or to think aloud before it."""
    text = content.rpartition("</think>")[2]
    start = text.find("{")
    if start < 0:
        raise BadAnswerError("the model's answer has no JSON object")
    try:
        value, _ = json.JSONDecoder().raw_decode(text, start)
    except (ValueError, RecursionError):
        raise BadAnswerError("the model's answer is malformed JSON") from None
    documents = value.get("documents")
    if not isinstance(documents, list):
        raise BadAnswerError('the model\'s answer has no list "documents"')
    return documents


def _document(rows: list[dict[str, Any]]) -> DocumentAnswer | BadAnswerError:
    if len(rows) != 1:
        return BadAnswerError(f"the model's answer has {len(rows)} entries for the document, not 1")
    try:
        return DocumentAnswer.model_validate(rows[0])
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        field = ".".join(str(part) for part in first["loc"])
        return BadAnswerError(f"the model's answer is not as asked ({field}: {first['msg']})")
