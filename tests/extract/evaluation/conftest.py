"""A short text with its gold, and readers that say of it what a test lets them say."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest

from extract.evaluate import Evaluation, evaluate
from extract.records import Document, Entity, Failure, Mention, Reading, Statement

TEXT = (
    "Norvik and Telsa met Ann Lee in Turin. The Orbis Institute was there too. "
    "Norvik does not buy Orbis Institute."
)
_ENTITIES = (  # gold id, reader's id, type, kind, name
    ("a", "e1", "ORG", "firm", "Norvik"),
    ("b", "e2", "ORG", "firm", "Telsa"),
    ("i", "e3", "ORG", "institute", "Orbis Institute"),
    ("p", "e4", "PER", "person", "Ann Lee"),
    ("c", "e5", "LOC", "city", "Turin"),
)

Gold = Callable[..., dict[str, Any]]
Judge = Callable[..., Evaluation]


def _mentions(name: str) -> list[dict[str, Any]]:
    starts = [at for at in range(len(TEXT)) if TEXT.startswith(name, at)]
    return [{"start": at, "end": at + len(name), "text": name} for at in starts]


def read_entities(**subtypes: str) -> tuple[Entity, ...]:
    """The entities of the text, as a reader finds them; kinds as given by the reader's ids."""
    return tuple(
        Entity(key, type_, subtypes.get(key, subtype), name, (), tuple(Mention(**m) for m in spans))
        for _, key, type_, subtype, name in _ENTITIES
        if (spans := _mentions(name))
    )


@pytest.fixture
def text() -> str:
    return TEXT


@pytest.fixture
def entities() -> Callable[..., tuple[Entity, ...]]:
    return read_entities


@pytest.fixture
def gold() -> Gold:
    """``gold(tie, …, traps=[tie, …])`` is the record; a tie is ("ACQUIRED", "a", "b", {attrs})."""

    def record(*ties: tuple[Any, ...], traps: Iterable[tuple[Any, ...]] = (), **fields: Any) -> Any:
        entities = [
            {"id": key, "type": type_, "subtype": kind, "name": name, "mentions": _mentions(name)}
            for key, _, type_, kind, name in _ENTITIES
        ]
        return {
            "id": "r1",
            "text": TEXT,
            "entities": entities,
            "relations": [_tie(*tie) for tie in ties],
            "negative_relations": [_tie(*tie) for tie in traps],
        } | fields

    return record


def _tie(type_: str, head: str, tail: str, attrs: Any = None) -> dict[str, Any]:
    return {"type": type_, "head": head, "tail": tail, "attrs": attrs}


@pytest.fixture
def judge() -> Judge:
    """``judge(record, statement, …)`` is the evaluation of a reader that says these."""

    def call(
        record: dict[str, Any],
        *statements: Statement,
        found: tuple[Entity, ...] | None = None,
    ) -> Evaluation:
        entities = read_entities() if found is None else found

        def read(documents: Iterable[Document]) -> Iterator[Reading | Failure]:
            for document in documents:
                yield Reading(document, entities, statements)

        return evaluate([record], read)

    return call
