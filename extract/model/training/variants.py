"""Passages told of others: firms and people exchanged for those of other passages.

What a text says must be read from its words, and not from who usually does what.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

_EXCHANGED = (("ORG", "firm"), ("PER", None))


def vary(
    records: Iterable[Mapping[str, Any]], share: float, seed: int
) -> Iterator[Mapping[str, Any]]:
    """Each record with a ``share`` of its firms and people exchanged.

    Only those that a passage calls by one name are: short forms would not fit the new one.
    """
    known = list(records)
    pool: dict[tuple[str, str | None], list[str]] = defaultdict(list)
    for record in known:
        for entity in record["entities"]:
            if name := _only_name(entity):
                pool[entity["type"], entity["subtype"]].append(name)
    chance = random.Random(seed)
    for record in known:
        yield _varied(record, pool, share, chance)


def _only_name(entity: Mapping[str, Any]) -> str:
    names = {mention["text"] for mention in entity["mentions"]}
    kind = (entity["type"], entity["subtype"])
    return next(iter(names)) if len(names) == 1 and kind in _EXCHANGED else ""


def _varied(
    record: Mapping[str, Any],
    pool: Mapping[tuple[str, str | None], list[str]],
    share: float,
    chance: random.Random,
) -> Mapping[str, Any]:
    taken = {mention["text"] for entity in record["entities"] for mention in entity["mentions"]}
    new: dict[str, str] = {}
    for entity in record["entities"]:
        name = _only_name(entity)
        if name and chance.random() < share:
            other = chance.choice(pool[entity["type"], entity["subtype"]])
            if other not in taken:
                new[entity["id"]] = other
                taken.add(other)
    return _rewritten(record, new) if new else record


def _rewritten(record: Mapping[str, Any], new: Mapping[str, str]) -> Mapping[str, Any]:
    spans = sorted(
        (mention["start"], mention["end"], entity["id"])
        for entity in record["entities"]
        for mention in entity["mentions"]
    )
    text, at = "", 0
    mentions: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for start, end, key in spans:
        text += record["text"][at:start]
        name = new.get(key, record["text"][start:end])
        mentions[key].append({"start": len(text), "end": len(text) + len(name), "text": name})
        text += name
        at = end
    entities = [{**entity, "mentions": mentions[entity["id"]]} for entity in record["entities"]]
    return {**record, "text": text + record["text"][at:], "entities": entities}
