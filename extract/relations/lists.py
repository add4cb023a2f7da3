"""Lists of names on the surface, which the parser often breaks: "A, B and C"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from spacy.tokens import Doc, Token
from spacy.tokens import Span as Tokens

from extract.passages import Name
from extract.relations.discourse import Discourse

_JOINTS = frozenset({",", "and", "or", "&", "as", "well", "plus"})
_MODIFIERS = frozenset({"DET", "ADJ", "NOUN", "PROPN", "PUNCT", "ADV", "NUM"})
_LINKS = frozenset({"and", "or", "&", "plus"})
_WIDEST = 9  # tokens between two names of a list


def surface_lists(
    doc: Doc, names: Sequence[Name], discourse: Discourse
) -> dict[Name, tuple[Name, ...]]:
    """Each name that stands in a list, with the whole list. ``names`` are in text order."""
    short_forms = dict(_short_forms(doc, names))
    lists = {}
    run: list[Name] = []
    for name in (*(each for each in names if each not in short_forms), None):
        if name is not None and run and _is_joined(doc, run[-1], name, discourse):
            run.append(name)
            continue
        if _is_whole(doc, run):
            lists.update(dict.fromkeys(run, tuple(run)))
        run = [name] if name is not None else []
    for short, name in short_forms.items():
        if name in lists and short.entity == name.entity:
            lists[short] = lists[name]
    return lists


def _short_forms(doc: Doc, names: Sequence[Name]) -> Iterator[tuple[Name, Name]]:
    """Names in brackets after another, with that other: "Norvik Pumps (NP)"."""
    for name, short in pairwise(names):
        closed = short.end < len(doc) and doc[short.end].text == ")"
        if closed and short.start == name.end + 1 and doc[name.end].text == "(":
            yield short, name


def _is_joined(doc: Doc, left: Name, right: Name, discourse: Discourse) -> bool:
    entities = discourse.entities
    between = _unbracketed(doc[left.end : right.start])
    same = entities[left.entity].type == entities[right.entity].type
    if not same or not 0 < len(between) <= _WIDEST:
        return False
    rest = [token for token in between if token.lower_ not in _JOINTS]
    if not rest:
        return len(between) <= 3
    return between[0].lower_ in _JOINTS and _describes(rest, between[-1], discourse)


def _unbracketed(tokens: Tokens) -> Tokens:
    """Without a leading bracket: "X (NYSE: XX) and Y"."""
    if len(tokens) and tokens[0].text == "(":
        for i, token in enumerate(tokens):
            if token.text == ")":
                return tokens[i + 1 :]
    return tokens


def _describes(tokens: list[Token], last: Token, discourse: Discourse) -> bool:
    """Whether words before a name say what it is: "A, the Brazilian carrier B and C"."""
    noun = last.lemma_.lower()
    known = noun in discourse.words.places.makers or bool(discourse.kinds_of(noun))
    articles = len(tokens) == 1 and last.lower_ in ("the", "both")
    return articles or (
        known and all(token.pos_ in _MODIFIERS or token.tag_ == "VBN" for token in tokens)
    )


def _is_whole(doc: Doc, run: list[Name]) -> bool:
    """Whether names that stand in a row end as a list does: "… and C"."""
    if len(run) < 2:
        return False
    last = [token.lower_ for token in _unbracketed(doc[run[-2].end : run[-1].start])][:2]
    return not _LINKS.isdisjoint(last) and (len(run) > 2 or "," not in last)
