"""The words that state ties, loaded once from the YAML and CSV files beside this module."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

from extract.demonyms import demonyms
from extract.wordfiles import parse_yaml

Words = frozenset[str]


@dataclass(frozen=True, slots=True)
class Frame:
    """Where the sides of a tie stand beside a trigger word; ``triggers.yaml`` explains the slots.

    ``name`` is "verb" or "noun", the relation type and the first lemma: the rule's name.
    """

    name: str
    type: str
    lemmas: Words
    head: tuple[str, ...] = ()
    tail: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    particles: Words = frozenset()
    needs: Words = frozenset()
    with_adverb: Words = frozenset()
    with_noun: Words = frozenset()
    governors: Words = frozenset()
    modifier: str = ""
    marks: Words = frozenset()
    left_marks: Words = frozenset()
    not_marks: Words = frozenset()
    not_objects: str = ""
    head_subtypes: Words = frozenset()
    tail_subtypes: Words = frozenset()
    through: str = ""
    kind: str = ""
    priced: bool = False
    with_to: bool = False
    named: bool = False
    status: str = ""
    past: str = ""


@dataclass(frozen=True, slots=True)
class Modality:
    """One row of ``modality.yaml``: the words that make a tie of this status."""

    status: str
    verbs: Words = frozenset()
    nouns: Words = frozenset()
    adverbs: Words = frozenset()
    adjectives: Words = frozenset()
    determiners: Words = frozenset()
    auxiliaries: Words = frozenset()
    said: Words = frozenset()
    past: Words = frozenset()
    progressive: Words = frozenset()
    particles: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Employment:
    """How roles are written: ``nouns`` name a role, ``slots`` lead to the employer."""

    nouns: Words
    slots: tuple[str, ...]
    direct: Words
    past: Words
    replacing: Words  # verbs whose subject takes the job of their object
    bare: Words


@dataclass(frozen=True, slots=True)
class Places:
    """``places.yaml``: the words that put an organisation somewhere."""

    facilities: Mapping[str, str]  # noun -> kind
    works: Mapping[str, str]  # verb -> kind
    centre_marks: Mapping[str, str]  # word before "centre" -> kind
    headquarters: Words
    regional: Words
    verbs: Words
    based: Words
    located: Words
    prepositions: Words
    inner: Words
    makers: Words
    continents: Words
    ranks: Words  # "its first plant in Europe"


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Everything that the rules know of words."""

    verbs: Mapping[str, tuple[Frame, ...]]  # lemma -> frames
    nouns: Mapping[str, tuple[Frame, ...]]
    owners: Mapping[str, Words]  # name of a list -> nouns that stand for their owner
    hyphenated: Words  # triggers written with a hyphen
    light_verbs: Words
    lists: Words
    kinds: Mapping[str, Words]
    employment: Employment
    places: Places
    modalities: tuple[Modality, ...]
    continuing: Modality
    nominals: Mapping[str, Words]  # class of reference -> nouns
    subtypes: Mapping[str, Words]  # class of reference -> subtypes that it may stand for
    place_nominals: Mapping[str, str]  # noun -> subtype of place
    plurals: Words
    pronouns: Mapping[str, str]  # "her" -> "she"
    sexes: Mapping[str, str]  # given name -> the pronoun of who bears it, where it tells
    reporting: Words  # verbs whose date is that of the news
    spending: Words  # verbs whose subject pays
    costing: Words  # words whose subject is what is paid for
    deal_nouns: Mapping[str, Words]  # relation type -> nouns that a text calls such a deal
    roles: Mapping[str, str]  # verb -> role of its subject
    numbers: Mapping[str, int]
    at_least: Words
    demonyms: Mapping[str, str]  # "swedish" -> "Sweden"


@cache
def lexicon() -> Lexicon:
    """The lexicon; read from the package's own files on first use."""
    triggers, places, reference = (_load(name) for name in ("triggers", "places", "reference"))
    modality = _load("modality")
    continuing = _modality("continuing", modality.pop("continuing"))
    verbs, nouns = (_frames(sort, triggers[f"{sort}s"]) for sort in ("verb", "noun"))
    return Lexicon(
        verbs=verbs,
        nouns=nouns,
        hyphenated=frozenset(lemma for lemma in (*verbs, *nouns) if "-" in lemma),
        owners={
            name: frozenset(triggers[name])
            for name in ("staff", "parts", "works", "assets", "officials", "not_money")
        },
        light_verbs=frozenset(triggers["light_verbs"]),
        lists=frozenset(triggers["lists"]),
        kinds=_word_sets(triggers["partnership_kinds"]),
        employment=_employment(triggers["employment"]),
        places=_places(places),
        modalities=tuple(_modality(name, row) for name, row in modality.items()),
        continuing=continuing,
        nominals=_word_sets(reference["nominals"]),
        subtypes=_word_sets(reference["subtypes"]),
        place_nominals=_turned(reference["place_nominals"]),
        plurals=frozenset(reference["plurals"]),
        pronouns=reference["pronouns"],
        sexes=_sexes(reference),
        reporting=frozenset(triggers["reporting"]),
        spending=frozenset(triggers["spending"]),
        costing=frozenset(triggers["costing"]),
        deal_nouns=_word_sets(triggers["deal_nouns"]),
        roles=triggers["roles"],
        numbers=reference["numbers"],
        at_least=frozenset(reference["at_least"]),
        demonyms=_demonyms(),
    )


def _load(name: str) -> dict[str, Any]:
    text = files("extract.relations").joinpath(f"{name}.yaml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = parse_yaml(text)
    return loaded


def _demonyms() -> dict[str, str]:
    return {word.lower(): country for word, country in demonyms().items() if country}


def _sexes(reference: Mapping[str, Any]) -> dict[str, str]:
    text = files("extract.entities").joinpath("given_names.txt").read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    told = {name: "he" for line in lines for name in line.split()}
    told |= dict.fromkeys(reference["feminine"], "she")
    return {name: told[name] for name in told.keys() - set(reference["either"])}


def _word_sets(rows: Mapping[str, Iterable[str]]) -> dict[str, Words]:
    return {name: frozenset(words) for name, words in rows.items()}


def _turned(rows: Mapping[str, Iterable[str]]) -> dict[str, str]:
    return {word: name for name, words in rows.items() for word in words}


def _frames(sort: str, rows: Mapping[str, list[dict[str, Any]]]) -> dict[str, tuple[Frame, ...]]:
    found: dict[str, list[Frame]] = {}
    for type_, frames in rows.items():
        for row in frames:
            frame = _frame(f"{sort} {type_} {row['lemmas'][0]}", type_, row)
            for lemma in frame.lemmas:
                found.setdefault(lemma, []).append(frame)
    return {lemma: tuple(frames) for lemma, frames in found.items()}


def _frame(name: str, type_: str, row: dict[str, Any]) -> Frame:
    fields = dict(row)
    particle = fields.pop("particle", None)
    if particle:
        fields["particles"] = [particle]
    for key, value in fields.items():
        if isinstance(value, list):
            slots = key in ("head", "tail", "members")
            fields[key] = tuple(value) if slots else frozenset(value)
    return Frame(name=name, type=type_, **fields)


def _modality(status: str, row: dict[str, Any]) -> Modality:
    particles = row.get("particles", {})
    words = {key: frozenset(value) for key, value in row.items() if key != "particles"}
    return Modality(status=status, particles=particles, **words)


def _employment(row: dict[str, Any]) -> Employment:
    return Employment(
        nouns=frozenset(row["nouns"]),
        slots=tuple(row["slots"]),
        direct=frozenset(row["direct"]),
        past=frozenset(row["past"]),
        replacing=frozenset(row["replacing"]),
        bare=frozenset(row["bare"]),
    )


def _places(row: dict[str, Any]) -> Places:
    words = (
        "headquarters",
        "regional",
        "verbs",
        "based",
        "located",
        "prepositions",
        "inner",
        "makers",
        "continents",
        "ranks",
    )
    return Places(
        facilities=_turned(row["facilities"]),
        works=_turned(row["works"]),
        centre_marks=_turned(row["centre_marks"]),
        **{name: frozenset(row[name]) for name in words},
    )
