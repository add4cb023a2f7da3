"""The column names of a query, for the engine that sends none with an empty answer."""

from __future__ import annotations

from graph.guard import TOKEN

_AFTER = ("order", "skip", "offset", "limit", "union")
_OPENING, _CLOSING = "([{", ")]}"


def column_names(cypher: str) -> tuple[str, ...]:
    """The names that the last RETURN gives; () where it gives ``*`` or there is none."""
    tokens = [match for match in TOKEN.finditer(cypher) if match.lastgroup != "skip"]
    depths = _depths([token.group() for token in tokens])
    starts = [
        position
        for position, token in enumerate(tokens)
        if token.group().lower() == "return" and depths[position] == 0
    ]
    if not starts:
        return ()
    items: list[tuple[int, int]] = []  # where each item's text starts and ends
    for position in range(starts[-1] + 1, len(tokens)):
        word = tokens[position].group()
        if depths[position] == 0 and word.lower() in (*_AFTER, ";"):
            break
        if depths[position] == 0 and word == ",":
            items.append((tokens[position].end(), tokens[position].end()))
            continue
        start = items[-1][0] if items else tokens[starts[-1]].end()
        items[-1:] = [(start, tokens[position].end())]
    names = tuple(_name(cypher[start:end].strip()) for start, end in items)
    return () if "*" in names else names


def _depths(words: list[str]) -> list[int]:
    """How many brackets are open at each word."""
    depths, depth = [], 0
    for word in words:
        depth -= word in _CLOSING
        depths.append(depth)
        depth += word in _OPENING
    return depths


def _name(item: str) -> str:
    """The alias behind the last AS, or the item as it is written."""
    words = [match for match in TOKEN.finditer(item) if match.lastgroup != "skip"]
    if words and words[0].group().lower() == "distinct":
        return _name(item[words[0].end() :].strip())
    if len(words) >= 3 and words[-2].group().lower() == "as":
        item = words[-1].group()
    return item[1:-1].replace("``", "`") if item[:1] == "`" == item[-1:] else item
