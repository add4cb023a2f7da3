"""The key of a name: equal for spellings that mean the same, and for nothing else.

Similarity of strings decides nothing here ("University of Applied Sciences Bremen" and
"… Mainz" are as alike as "Siemens" and "Siemens AG"). Only what never tells two
organisations apart is dropped: case, accents, punctuation, a possessive, "the" in front, and
a legal form at the end (from the `fingerprints` library's lists in many languages).
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files

_ACRONYM = re.compile(r"\b\w(?:[./]\w\b)+\.?")
_POSSESSIVE = re.compile(r"(?<=\w)(?:'s\b|(?<=s)'(?!\w))")
_ACCENT = re.compile(r"(?<=[a-z])[\u0300-\u036f]+")
_APOSTROPHES = str.maketrans(dict.fromkeys("’‘ʼ`´", "'"))
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe"})
_LONGEST_FORM = 4  # words, "limited liability company" and the like
_LEADING_THE = re.compile(r"^the (?=\S)")


@lru_cache(maxsize=100_000)
def name_key(type: str, name: str) -> str:
    """The key of ``name`` as a name of ``type`` (ORG, PER, LOC or PRODUCT); never empty.

    Well-known exact aliases ("VW", "U.S.") give the key of the full name; they are listed in
    aliases.csv.
    """
    key = _spelling_key(type, name)
    return aliases().get((type, key), key)


def fold(name: str) -> str:
    """Small letters and digits in single spaces: no accent, punctuation, possessive."""
    text = unicodedata.normalize("NFKC", name).translate(_APOSTROPHES).casefold()
    text = "".join(char for char in text if unicodedata.category(char) not in ("Cf", "Cc", "Cs"))
    text = _ACCENT.sub("", unicodedata.normalize("NFD", text).translate(_LETTERS))
    text = unicodedata.normalize("NFC", text).replace("&", " and ")
    text = _ACRONYM.sub(lambda match: re.sub(r"[./]", "", match.group()), text)
    text = _POSSESSIVE.sub("", text).replace("'", "")
    kept = (char if _is_part(char) else " " for char in text)
    return " ".join("".join(kept).split())


@cache
def aliases() -> Mapping[tuple[str, str], str]:
    """(type, key of an alias) → key of the full name, from aliases.csv."""
    return {
        (type, _spelling_key(type, alias)): _spelling_key(type, name)
        for type, alias, name in _alias_rows()
    }


def other_names(type: str, key: str) -> tuple[str, ...]:
    """The well-known aliases of the name with this key, as written in aliases.csv."""
    return _other_names().get((type, key), ())


@cache
def _other_names() -> Mapping[tuple[str, str], tuple[str, ...]]:
    found: dict[tuple[str, str], list[str]] = {}
    for type, alias, name in _alias_rows():
        found.setdefault((type, _spelling_key(type, name)), []).append(alias)
    return {key: tuple(sorted(names)) for key, names in found.items()}


@cache
def _alias_rows() -> tuple[tuple[str, str, str], ...]:
    text = files("graph.names").joinpath("aliases.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))
    return tuple((row["type"], row["alias"], row["name"]) for row in rows)


def _spelling_key(type: str, name: str) -> str:
    folded = _LEADING_THE.sub("", fold(name))
    key = without_legal_form(folded) if type == "ORG" else folded
    return key or " ".join(name.casefold().split()) or "?"


def _is_part(char: str) -> bool:
    # Marks are vowels in many scripts; "+" tells C++ from C.
    return char.isalnum() or char == "+" or unicodedata.category(char)[0] == "M"


def without_legal_form(folded: str) -> str:
    """A folded name without legal forms at its end: SAS Institute and AS Roma begin with one."""
    words = folded.split()
    while length := _form_length(words):
        del words[-length:]
        while len(words) > 1 and words[-1] == "and":  # "GmbH & Co. KG"
            words.pop()
    return " ".join(words)


def _form_length(words: list[str]) -> int:
    """How many words at the end are a legal form; 0 where none is."""
    for length in range(min(_LONGEST_FORM, len(words) - 1), 0, -1):
        if " ".join(words[-length:]) in _no_forms():
            continue
        if not _remove_types(" ".join(words[-length:])):
            return length
    return int(len(words) > 1 and words[-1] in _legal_forms())


@cache
def _legal_forms() -> frozenset[str]:
    """The few forms that the library lacks."""
    text = files("graph.names").joinpath("legal_forms.txt").read_text(encoding="utf-8")
    return frozenset(text.split())


@cache
def _no_forms() -> frozenset[str]:
    """What the library takes for a form, and tells firms apart: ASM and ASM International."""
    text = files("graph.names").joinpath("no_legal_forms.txt").read_text(encoding="utf-8")
    return frozenset(text.split())


@lru_cache(maxsize=10_000)
def _remove_types(text: str) -> str:
    from fingerprints import remove_types

    return remove_types(text, clean=_as_it_is) or ""


def _as_it_is(text: str | None) -> str | None:
    """The cleaning that `fingerprints` applies to its own lists and to our folded text."""
    return fold(text) if text else text
