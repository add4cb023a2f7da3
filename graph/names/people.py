"""Names of people: given names, initials, order, short forms."""

from __future__ import annotations

import csv
from functools import cache, lru_cache
from importlib.resources import files

from graph.names.keys import fold
from graph.names.parsing import look_alikes

_SPELLED_ALIKE = 0.88  # Jaro–Winkler: "Sergey" and "Sergei" are, "Oliver" and "Olivia" are not
_LONGEST = 300

# How probable each finding makes it that two names are of one person.
_PROBABILITIES = {
    "same_words": 0.97,
    "middle_name": 0.93,
    "initials": 0.8,
    "short_form": 0.85,
    "spelled_alike": 0.75,
    "surname_only": 0.5,
    "surname_alike": 0.4,
    "given_names_differ": 0.004,
    "suffixes_differ": 0.004,
    "surnames_differ": 0.004,
}


@lru_cache(maxsize=100_000)
def compare_people(one: str, other: str) -> tuple[float, str]:
    """The probability that two names are of one person, and the name of the reason."""
    found = _finding(_words(one), _words(other))
    return _PROBABILITIES[found], found


def person_blocks(name: str) -> set[str]:
    """The keys under which a name is compared: its family name (the last word), and its words
    with an initial each, for names in another order."""
    words, _ = _words(name)
    if not words:
        return set()
    keys = {words[-1]}
    keys |= {f"{one}+{other[0]}" for one in words for other in words if one != other}
    return keys


def _finding(one: tuple[list[str], str], other: tuple[list[str], str]) -> str:
    (a, suffix), (b, other_suffix) = one, other
    if suffix != other_suffix and suffix and other_suffix:
        return "suffixes_differ"
    if not a or not b:
        return "surnames_differ"
    if sorted(a) == sorted(b):
        return "same_words"
    short, long = sorted((a, b), key=len)
    if len(short) == 1:
        return "surname_only" if short[0] == long[-1] else "surnames_differ"
    if a[-1] != b[-1]:
        same_given = a[0] == b[0] and _alike(a[-1], b[-1])
        return "surname_alike" if same_given else "surnames_differ"
    return _given(a[:-1], b[:-1])


def _given(a: list[str], b: list[str]) -> str:
    if a[0] == b[0]:
        middle = [(x, y) for x, y in zip(a[1:], b[1:], strict=False) if not _initial(x, y)]
        return "given_names_differ" if middle else "middle_name"
    if _initial(a[0], b[0]):
        return "initials"
    if b[0] in short_forms().get(a[0], ()) or a[0] in short_forms().get(b[0], ()):
        return "short_form"
    if _alike(a[0], b[0]) or "".join(a) == "".join(b):
        return "spelled_alike"
    return "given_names_differ"


def _initial(x: str, y: str) -> bool:
    """Whether one is the other, or its initial."""
    return x == y or (min(len(x), len(y)) == 1 and x[0] == y[0])


def _alike(x: str, y: str) -> bool:
    from rapidfuzz.distance import JaroWinkler

    return min(len(x), len(y)) > 3 and JaroWinkler.similarity(x, y) >= _SPELLED_ALIKE


def _words(name: str) -> tuple[list[str], str]:
    """The words of a name without titles, and its suffix ("jr")."""
    folded = fold(look_alikes(name[:_LONGEST])).split()
    kept = [word for word in folded if word not in parts()["title"]]
    suffix = next((word for word in kept if word in parts()["suffix"]), "")
    return [word for word in kept if word != suffix], suffix


@cache
def short_forms() -> dict[str, frozenset[str]]:
    """Given name → its short forms and near equals, from words/nicknames.csv."""
    found: dict[str, set[str]] = {}
    text = files("graph.names").joinpath("words", "nicknames.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(text.splitlines()):
        forms = {fold(form) for form in row["short"].split("|")}
        found.setdefault(fold(row["name"]), set()).update(forms)
    return {name: frozenset(forms) for name, forms in found.items()}


@cache
def parts() -> dict[str, frozenset[str]]:
    """Titles and suffixes of people, from words/people.csv."""
    found: dict[str, set[str]] = {"title": set(), "suffix": set()}
    text = files("graph.names").joinpath("words", "people.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(text.splitlines()):
        found[row["class"]].add(fold(row["word"]))
    return {kind: frozenset(words) for kind, words in found.items()}
