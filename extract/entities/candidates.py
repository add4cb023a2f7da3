"""Where names stand: runs of capitalised words, checked against what spaCy saw.

spaCy's small model often sees half a name or none where the name is new to it. English marks
names by capitals, so a run of capitalised words is taken whole and typed afterwards, by
evidence from the whole document (see ``evidence``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Span, Token

from extract.entities.lexicon import Lexicon, lexicon

_QUOTES = frozenset("\"“”‘’'«»([:;•–—-")
_WORDLESS = frozenset(
    {"DET", "ADP", "PRON", "ADV", "SCONJ", "CCONJ", "AUX", "VERB", "PART", "INTJ"}
)
_SPACY_NAMES = frozenset({"ORG", "PERSON", "GPE", "LOC", "FAC", "PRODUCT"})
_LONGEST = 12
_ABBREVIATION = re.compile(r"(?:[A-Z]|[A-Z]\.[A-Z]|[A-Za-z]{1,5})\.")


def _is_abbreviation(text: str) -> bool:
    return bool(_ABBREVIATION.fullmatch(text)) and not (len(text) > 2 and text[:-1].isupper())


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stretch of tokens that may be a name: ``doc[start:end]``."""

    doc: Doc
    start: int
    end: int

    @property
    def text(self) -> str:
        """The words, with white space within them as single blanks."""
        return " ".join(self.doc[self.start : self.end].text.split())


def find_candidates(doc: Doc) -> list[Candidate]:
    """Every stretch of a parsed paragraph that may be a name, in order, without overlaps."""
    known = lexicon()
    shouting = _is_shouting(doc)
    cores = [not shouting and _is_core(token, known) for token in doc]
    taken = [False] * len(doc)
    found: list[Candidate] = []
    for start, end in [*_known_spans(doc, known), *_runs(doc, cores, known)]:
        if end > start and not any(taken[start:end]):
            found.append(Candidate(doc, start, end))
            taken[start:end] = [True] * (end - start)
    for ent in doc.ents:
        if ent.label_ not in _SPACY_NAMES or any(taken[ent.start : ent.end]):
            continue
        parts = (p for one in _between_commas(ent, known) for p in _trimmed(doc, *one, known))
        for start, end in parts:
            if _is_capital_word(doc[start]) and doc[start].text not in known.words["never"]:
                found.append(Candidate(doc, start, end))
                taken[start:end] = [True] * (end - start)
    return sorted(found, key=lambda c: c.start)


def _between_commas(ent: Span, known: Lexicon) -> Iterator[tuple[int, int]]:
    """What spaCy took for one name, cut at commas: it is a list, but for "X Co., Ltd"."""
    begin = ent.start
    for token in ent:
        more = token.i + 1 < ent.end
        if token.text == "," and not (more and _is_legal(token.nbor(1), known)):
            yield begin, token.i
            begin = token.i + 1
    yield begin, ent.end


def _is_shouting(doc: Doc) -> bool:
    """Whether capitals mean nothing here: a headline in capitals or in title case."""
    words = [token for token in doc if token.is_alpha and len(token) > 3]
    capital = sum(not token.text[0].islower() for token in words)
    return len(words) > 5 and capital > 0.85 * len(words)


def is_initial(token: Token) -> bool:
    """Whether a capital is due to the place alone: first in a sentence, quotation or bracket."""
    if token.is_sent_start or token.i == 0:
        return True
    before = token.nbor(-1)
    return before.text in _QUOTES or before.is_space


def _is_core(token: Token, known: Lexicon) -> bool:
    text = token.text
    if not any(c.isupper() for c in text) or text in known.words["never"]:
        return False
    if text.endswith("s") and text[:-1] in known.words["never"]:
        return False
    if text in known.words["months"]:
        return token.i + 1 < len(token.doc) and _is_capital_word(token.nbor(1))
    if text[0].islower() and (len(text) < 4 or text[1:3].islower()):
        return False
    if text in known.words["role_marks"] or _is_ticker(token):
        return False
    if len(text) < 2 and not _is_hyphened(token):
        return False
    if is_initial(token):
        shouted = text.isupper() and len(text) > 1 and _is_shouted(token)
        if text.lower() in known.words["never_initial"] and not shouted:
            return False
        if text in known.organisations or text in known.places or text[1:] != text[1:].lower():
            return True
        if _is_trade(token, known):
            return False
        return token.pos_ not in _WORDLESS or bool(token.ent_type_) or token.pos_ == "VERB"
    return True


def _is_capital_word(token: Token) -> bool:
    return token.text[:1].isupper() and token.is_alpha and len(token.text) > 1


def _is_shouted(token: Token) -> bool:
    return token.i + 1 < len(token.doc) and token.nbor(1).text.isupper()


def _is_hyphened(token: Token) -> bool:
    """Whether a single letter is half of a name: "W-L", "Oral-B"."""
    doc, i = token.doc, token.i
    right = i + 2 < len(doc) and doc[i + 1].text == "-" and doc[i + 2].text[:1].isupper()
    left = i > 1 and doc[i - 1].text == "-" and doc[i - 2].text[:1].isupper()
    return (right and not token.whitespace_) or (left and not doc[i - 1].whitespace_)


def _is_ticker(token: Token) -> bool:
    """Whether a word is within "(NYSE:ABC)"."""
    around = token.doc[max(0, token.i - 2) : token.i + 3]
    return (
        token.text.isupper()
        and any(t.text == ":" for t in around)
        and any(t.text in "()" for t in around)
    )


def _is_trade(token: Token, known: Lexicon) -> bool:
    """Whether a sentence begins with what somebody is: "Automaker X", "Competitor X"."""
    word = token.lower_
    if token.i + 1 >= len(token.doc) or not _is_capital_word(token.nbor(1)):
        return False
    if token.doc[token.i : token.i + 2].text in known.organisations:
        return False
    return any(word in known.words[k] for k in ("firm_nouns", "roles", "body_nouns"))


def _known_spans(doc: Doc, known: Lexicon) -> Iterator[tuple[int, int]]:
    """Names that capitals can't delimit: in the gazetteer, with a "'s" or a small letter."""
    for token in doc:
        if token.text[0].isupper() and token.i + 1 < len(doc):
            for length in (4, 3, 2):
                text = doc[token.i : token.i + length].text
                if (text in known.organisations or text in known.places) and (
                    any(t.islower() for t in text.split()) or text.startswith("The ")
                ):
                    yield token.i, _with_suffixes(doc, min(token.i + length, len(doc)), known)
                    break
        nxt = token.i + 1
        if nxt < len(doc) and doc[nxt].text in ("'s", "’s"):
            if token.text + "'s" in known.organisations:
                yield token.i, nxt + 1
        elif token.text[0].islower() and token.text in known.organisations:
            yield token.i, nxt


def _with_suffixes(doc: Doc, end: int, known: Lexicon) -> int:
    while end < len(doc) and doc[end].text.strip(".") in known.suffixes:
        end += 1
    return end


def _runs(doc: Doc, cores: list[bool], known: Lexicon) -> Iterator[tuple[int, int]]:
    i = 0
    while i < len(doc):
        if not cores[i]:
            i += 1
            continue
        end = i + 1
        while end - i < _LONGEST and (nxt := _continued(doc, cores, i, end, known)) > end:
            end = nxt
        yield from _trimmed(doc, i, end, known)
        i = end


def _continued(doc: Doc, cores: list[bool], start: int, end: int, known: Lexicon) -> int:
    """The end of the run once the next word joins it, or ``end`` where it doesn't."""
    if end >= len(doc):
        return end
    last, token = doc[end - 1], doc[end]
    if token.text.strip(".") in known.suffixes:
        return end + 1
    if token.text == "," and end + 1 < len(doc) and _is_legal(doc[end + 1], known):
        return end + 2
    if cores[end]:
        stopped = last.text.endswith(".") and not _is_abbreviation(last.text)
        return end if stopped or (token.is_sent_start and not last.text.endswith(".")) else end + 1
    after = end + 1 < len(doc) and cores[end + 1]
    tight = not last.whitespace_ and not token.whitespace_
    if token.text in ("-", "‑", "–", "/", "+") and tight and end + 1 < len(doc):
        return _across_hyphen(doc, cores, start, end, known)
    if token.text in ("&", "+") and after:
        return end + 2
    if token.text == "." and not last.whitespace_ and len(last.text) == 1 and after:
        return end + 2
    if token.text in known.words["particles"]:
        double = end + 2 < len(doc) and doc[end + 1].text in known.words["particles"]
        return end + 2 if after else end + 3 if double and cores[end + 2] else end
    run = {t.text for t in doc[start:end]}
    headed = any(run & words for kind, words in known.heads.items() if kind != "place")
    if token.text in ("of", "for"):
        return _across_of(doc, cores, end, known, headed)
    if token.text in ("and", "at", ",", "in", "on") and after:
        return _across_and(doc, cores, start, end, known, headed)
    return end


def _is_legal(token: Token, known: Lexicon) -> bool:
    return token.text.strip(".") in known.words["after_comma"]


def _across_of(doc: Doc, cores: list[bool], end: int, known: Lexicon, headed: bool) -> int:
    """ "Bank of Ghana", "Institute for the Future", "Body Parts of America Inc"."""
    right = end + 1
    if right + 1 < len(doc) and doc[right].text == "the":
        right += 1
    if right >= len(doc) or not cores[right]:
        return end
    tail = doc[right + 1].text.strip(".") if right + 1 < len(doc) else ""
    joins = (
        _takes_of(doc[end - 1].text, doc[right].text, known) or tail in known.words["after_comma"]
    )
    return right + 1 if joins or (headed and _one_ent(doc, end - 1, right)) else end


def _across_and(
    doc: Doc, cores: list[bool], start: int, end: int, known: Lexicon, headed: bool
) -> int:
    """ "Ministry of Trade and Industry", "the Wood and Metal League"; not "Siemens and Alstom"."""
    word, run = doc[end].text, [token.text for token in doc[start:end]]
    listing = {"of", "for"} & set(run) and not {"and", ","} & set(run)
    if listing and run[-1] not in known.places:
        if word == "and" and not _has_own_head(doc, cores, end + 1, known):
            return end + 2
        if word == "," and _is_list_inside(doc, cores, end, known):
            return end + 4
    if headed:
        return end + 2 if word == "at" and "University" in run else end
    if word == "and" and start and doc[start - 1].lower_ == "the":
        return end + 2 if _ends_in_body(doc, cores, end + 1, known) else end
    joins = _one_ent(doc, end - 1, end + 1) and _headed_after(doc, end, known)
    return end + 2 if joins and word != "," else end


def _headed_after(doc: Doc, index: int, known: Lexicon) -> bool:
    """Whether spaCy's name over this word ends in a head noun ("Wood and Metal League")."""
    ent_end = index
    while (
        ent_end < len(doc)
        and doc[ent_end].ent_type_
        and (ent_end == index or doc[ent_end].ent_iob_ == "I")
    ):
        ent_end += 1
    return ent_end > index and known.is_generic(doc[ent_end - 1].text)


def _across_hyphen(doc: Doc, cores: list[bool], start: int, end: int, known: Lexicon) -> int:
    right = doc[end + 1]
    if cores[end + 1]:
        left = doc[start:end].text
        places = all(t in known.places or t in known.demonyms for t in (left, right.text))
        if places and doc[end].text != "/":
            joined = doc[start : end + 2].text
            return end + 2 if joined in known.places else end
        if doc[start:end].text in known.organisations:
            return end + 2 if doc[start : end + 2].text in known.organisations else end
        return end + 2 if doc[end].text != "–" else end
    if right.text.islower() and len(right.text) <= 6 and right.pos_ == "PROPN":
        return end + 2
    return end


def _takes_of(left: str, right: str, known: Lexicon) -> bool:
    """Whether "of" or "for" goes on with the name: after a body's head noun; "Bank of X", but
    no "Steel of X", where a place follows a whole name."""
    if any(left in known.heads[k] for k in ("university", "institute", "agency", "association")):
        return True
    if left in known.words["after_of"]:
        return True
    return left == "Company" and right not in known.places


def _is_list_inside(doc: Doc, cores: list[bool], end: int, known: Lexicon) -> bool:
    """Whether this comma is within "Ministry of Economy, Trade and Industry"."""
    return (
        end + 3 < len(doc)
        and doc[end + 2].text in ("and", "&")
        and cores[end + 3]
        and not any(doc[i].text in known.places for i in (end + 1, end + 3))
    )


def _ends_in_body(doc: Doc, cores: list[bool], index: int, known: Lexicon) -> bool:
    end = index
    while end < len(doc) and cores[end]:
        end += 1
    kinds = ("institute", "agency", "association")
    last = doc[end - 1].text
    return end - index > 1 and (last == "Fund" or any(last in known.heads[k] for k in kinds))


def _has_own_head(doc: Doc, cores: list[bool], index: int, known: Lexicon) -> bool:
    """Whether the name after "and" is one by itself: a known one, or one with its own head."""
    end = index
    while end < len(doc) and cores[end]:
        end += 1
    text = doc[index:end].text
    first_head = doc[index].text in known.head_words and end < len(doc) and doc[end].text == "of"
    last_head = end - index > 1 and doc[end - 1].text in known.head_words
    return first_head or last_head or text in known.places or text in known.organisations


def _one_ent(doc: Doc, left: int, right: int) -> bool:
    """Whether spaCy saw one name over all these words."""
    return all(token.ent_type_ in ("ORG", "FAC") for token in doc[left : right + 1]) and all(
        token.ent_iob_ == "I" for token in doc[left + 1 : right + 1]
    )


def _trimmed(doc: Doc, start: int, end: int, known: Lexicon) -> Iterator[tuple[int, int]]:
    """The run without what is no part of a name at its ends, cut where a role stands in it."""
    pieces: list[tuple[int, int]] = []
    begin = start
    for i in range(start, end):
        if doc[i].text in known.words["role_marks"]:
            pieces.append((begin, i))
            begin = i + 1
    pieces.append((begin, end))
    for left, right in pieces:
        while left < right and _is_loose(doc[left], known, first=True):
            left += 1
        while left < right and _is_loose(doc[right - 1], known, first=False):
            right -= 1
        left = _without_demonym(doc, left, right, known)
        if left < right and doc[left:right].text not in known.words["never"]:
            yield left, right + _has_own_point(doc, right, known)


def _has_own_point(doc: Doc, end: int, known: Lexicon) -> bool:
    """Whether the point after a legal form is the form's, not the sentence's: "Kft., an …"."""
    return (
        end + 1 < len(doc)
        and doc[end].text == "."
        and doc[end - 1].text in known.suffixes
        and not doc[end + 1].text[:1].isupper()
        and not doc[end + 1].is_space
    )


def _is_loose(token: Token, known: Lexicon, *, first: bool) -> bool:
    text = token.text
    if text in ("'s", "’s", "'", "’") or token.is_space or (token.is_punct and text != "."):
        return True
    if text in known.words["connectors"] or (first and text.lower() in ("the", "a", "an")):
        return True
    if first and text.lower().strip(".") in known.words["titles"]:
        return token.i + 1 < len(token.doc) and token.nbor(1).ent_type_ in ("PERSON", "")
    if first and text.lower() in known.words["directions"] and token.i + 1 < len(token.doc):
        rest = token.nbor(1).text
        return rest in known.places and f"{text} {rest}" not in known.places
    if not first and text == "." and not re.search(r"\w\.\w?$", token.doc[: token.i + 1].text[-4:]):
        return True
    initial = first and is_initial(token) and text.lower() in known.words["never_initial"]
    return initial and not (text.isupper() and _is_shouted(token))


def _without_demonym(doc: Doc, left: int, right: int, known: Lexicon) -> int:
    if left >= right or doc[left].text not in known.demonyms:
        return left
    whole, rest = doc[left:right].text, doc[left + 1 : right]
    if whole in known.organisations or whole in known.places:
        return left
    if rest.text in known.organisations or rest.text in known.places:
        return left + 1
    headed = any(known.is_generic(token.text) for token in rest)
    starts = doc[left].ent_iob_ == "B" and doc[left].ent_type_ in ("ORG", "GPE", "LOC", "FAC")
    return left if headed or (starts and right - left > 1) else left + 1
