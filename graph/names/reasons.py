"""What speaks for or against two names being one, in words; the words are in reasons.yaml."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from extract.wordfiles import parse_yaml
from graph.names.acronyms import stands_for
from graph.names.lexicon import WordClass
from graph.names.parsing import Parsed, Token

_DIFFER = (  # both sides have one that the other lacks: the weightiest first
    (WordClass.number, "numbers_differ"),
    (WordClass.place, "places_differ_in"),
    (WordClass.other, "words_differ"),
    (WordClass.field, "fields_differ"),
    (WordClass.head, "heads_differ"),
)
_SLIGHT = (WordClass.generic, WordClass.industry, WordClass.title)


def reason(name: str, /, **values: str) -> str:
    """The reason of this name, with its values put in."""
    return _templates()[name].format(**values)


def explain(one: Parsed, other: Parsed) -> tuple[str, ...]:
    """Why two names of organisations are alike, or are not."""
    told = list(dict.fromkeys((*_acronyms(one, other), *_words(one, other))))
    return tuple(told) or (reason("other_words"),)


def _acronyms(one: Parsed, other: Parsed) -> Iterator[str]:
    said = [{name.capitals, *name.bracketed} - {""} for name in (one, other)]
    if shared := sorted(said[0] & said[1]):
        yield reason("bracketed", short=shared[0].upper())
    elif all(said):
        shown = [sorted(names)[0].upper() for names in said]
        yield reason("acronyms_differ", one=shown[0], other=shown[1])
    for short, long in ((one, other), (other, one)):
        if short.capitals and not long.capitals:
            how = stands_for(short.capitals, long)
            if how:
                words = " ".join(token.text for token in long.tokens)
                yield reason(how, short=short.capitals.upper(), long=words)


def _words(one: Parsed, other: Parsed) -> Iterator[str]:
    if (one.capitals and not other.capitals) or (other.capitals and not one.capitals):
        return
    if one.joined == other.joined:
        yield reason("joined")
        return
    left = _left_over(one, other), _left_over(other, one)
    for kind, name in _DIFFER:
        mine, theirs = ([t for t in side if t.kind is kind] for side in left)
        if mine and theirs:
            how = "spelled_alike_in" if _alike(mine[0].text, theirs[0].text) else name
            yield reason(how, one=mine[0].text, other=theirs[0].text)
    rest = [token for side in left for token in side]
    if all(left) and not any({t.kind for t in left[0]} & {t.kind for t in left[1]}):
        yield reason("words_differ", one=left[0][0].text, other=left[1][0].text)
    if not rest:
        same = [t.concept for t in one.tokens] == [t.concept for t in other.tokens]
        yield reason("translated" if same else "order")
    elif not all(left) and _shared(one, other):
        text = ", ".join(token.text for token in rest)
        slight = all(token.kind in _SLIGHT for token in rest)
        yield reason("generic_more" if slight else "words_more", one=text)


def _left_over(one: Parsed, other: Parsed) -> list[Token]:
    known = {token.concept for token in other.tokens}
    return [token for token in one.tokens if token.concept not in known]


def _shared(one: Parsed, other: Parsed) -> bool:
    return bool({t.concept for t in one.tokens} & {t.concept for t in other.tokens})


def _alike(a: str, b: str) -> bool:
    from rapidfuzz.distance import JaroWinkler

    return not a.isdigit() and JaroWinkler.similarity(a, b) > 0.86


@cache
def _templates() -> dict[str, str]:
    text = files("graph.names").joinpath("reasons.yaml").read_text(encoding="utf-8")
    return dict(parse_yaml(text))
