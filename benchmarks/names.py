"""Names: pair decisions a second, and blocking and scoring of ever more names."""

from __future__ import annotations

import random
import resource
import time
from collections.abc import Iterator
from functools import cache

from benchmarks.table import Row, seconds
from graph.names import BlockIndex, blocks, probabilities, sought
from graph.names.lexicon import WordClass, words

TITLE = "Names"
SIZES = (1000, 10_000, 100_000)
PAIRS = 50_000
_AT_ONCE = 20_000
_HEADS = ("University of {place}", "{rare} Institute of {field}", "{place} {field} Agency")
_FIRMS = ("{rare} {field}", "{rare} {industry} Group", "{rare} {rare2}", "{rare} {industry} AG")
_FIELDS = ("Technology", "Energy", "Medicine", "Physics", "Transport", "Water", "Economics")
_INDUSTRIES = ("Motors", "Pharmaceuticals", "Steel", "Electronics", "Robotics", "Batteries")
_STARTS = ("b", "br", "d", "dr", "f", "g", "k", "kr", "l", "m", "n", "p", "r", "s", "st", "t", "v")
_VOWELS = ("a", "e", "i", "o", "u", "ai", "ou")
_ENDS = ("", "n", "r", "l", "s", "x", "m")


def make_names(number: int) -> list[str]:
    """Invented names of organisations, and short or other forms of a third of them."""
    draw = random.Random(5)
    names: list[str] = []
    while len(names) < number:
        name = invent_name(draw)
        names.append(name)
        if draw.random() < 0.33:
            names.append(draw.choice([name.split()[0], f"{name} GmbH", f"The {name}"]))
    return names[:number]


def invent_name(draw: random.Random, type_: str = "ORG") -> str:
    """A name that nobody bears, of an organisation, a person (PER), a place or a product."""
    if type_ == "PER":
        return f"{_rare(draw)} {_rare(draw)}"
    if type_ != "ORG":
        return _rare(draw) + _rare(draw).lower()
    return draw.choice(_HEADS + _FIRMS).format(
        place=draw.choice(_places()),
        field=draw.choice(_FIELDS),
        industry=draw.choice(_INDUSTRIES),
        rare=_rare(draw),
        rare2=_rare(draw),
    )


@cache
def _places() -> list[str]:
    return sorted(word.title() for word, it in words().items() if it.kind is WordClass.place)


def measure() -> Iterator[Row]:
    """One core: pairs a second beside rapidfuzz; then all pairs of blocks, ever more names."""
    from rapidfuzz import fuzz

    draw = random.Random(6)
    names = make_names(5000)
    pairs = [(draw.choice(names), draw.choice(names)) for _ in range(PAIRS)]
    probabilities("ORG", pairs)  # names are read once, and compared often
    ours = PAIRS / seconds(lambda: probabilities("ORG", pairs))
    theirs = PAIRS / seconds(lambda: [fuzz.WRatio(a, b) for a, b in pairs])
    yield Row(
        "pairs decided", ours, "rapidfuzz WRatio", theirs, "pairs/s", "one core, names read before"
    )
    base = 0.0
    for size in SIZES:
        spent, compared = resolve(make_names(size))
        base = base or spent / size
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        note = f"{spent:.1f} s, {compared:,} pairs, peak memory {peak:,.0f} MB"
        yield Row(
            f"{size:,} names: blocks, all pairs", size / spent, "linear", 1 / base, "names/s", note
        )


def resolve(names: list[str]) -> tuple[float, int]:
    """Seconds for blocks and probabilities of all pairs in them, and how many pairs."""
    start = time.perf_counter()
    index = BlockIndex()
    for row, name in enumerate(names):
        index.put(f"{row:06}", blocks("ORG", name))
    pairs = index.pairs({f"{row:06}": sought("ORG", name) for row, name in enumerate(names)})
    for first in range(0, len(pairs), _AT_ONCE):
        part = pairs[first : first + _AT_ONCE]
        probabilities("ORG", [(names[int(a)], names[int(b)]) for a, b in part])
    return time.perf_counter() - start, len(pairs)


def _rare(draw: random.Random) -> str:
    """An invented word of two or three syllables."""
    parts = [
        draw.choice(_STARTS) + draw.choice(_VOWELS) + draw.choice(_ENDS)
        for _ in range(draw.choice((2, 2, 3)))
    ]
    return "".join(parts).title()
