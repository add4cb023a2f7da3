"""What speaks for a name being an organisation, a person, a place, a product or no name.

Each piece of evidence is one plain observation with a name, "in-before" or "apposed-role";
weights.yaml says how much each counts for each type. A name's evidence is gathered over all its
mentions in a document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from spacy.tokens import Doc, Token

from extract.entities.candidates import Candidate, is_initial
from extract.entities.lexicon import Lexicon, lexicon

_TYPE_OF_LABEL = {
    "ORG": "org", "PERSON": "person", "GPE": "place", "LOC": "place", "FAC": "facility",
    "PRODUCT": "product", "NORP": "people", "WORK_OF_ART": "work", "EVENT": "event", "LAW": "law",
}  # fmt: skip
_NOUNS = ("role", "firm", "body", "place", "product")
_HYPHENED = frozenset({"owned", "backed", "made", "built", "led", "listed", "controlled", "funded"})
_GENDERED = frozenset({"he", "she", "his", "her", "him", "herself", "himself"})
_PLACING = frozenset({"in", "near", "outside", "around", "across"})
_LINKING = frozenset(
    {"at", "with", "by", "of", "for", "to", "from", "between", "against", "via", "joined", "told"}
)
_DASHES = frozenset({"–", "—", "-", "--"})
_POSSESSIVES = frozenset({"'s", "’s", "’", "'"})
_APPOSITION_ENDS = frozenset({"of", "at", "in", "for", "and", "that", "which", "'s", "’s"})
_APPOSITION = 7
_NEARBY = 12
_CODE = re.compile(r"[A-Z][A-Za-z]{0,4}-?\d[\w-]*")


def name_evidence(text: str) -> set[str]:
    """What a name's own words say, wherever it stands."""
    known = lexicon()
    tokens = text.replace("-", " - ").split() if " " in text else text.split()
    found = {f"words-{min(len(text.split()), 4)}", *_shape(text), *_gazetteers(text, tokens, known)}
    if head := known.head_kind(text.split()):
        found.add(f"head-{head}")
        if len(text.split()) == 1:
            found.add(f"only-head-{head}")
    if len(tokens) > 1:
        found.update(_composition(text, tokens, known))
    last = tokens[-1].lower()
    for kind in ("firm", "place"):
        if len(last) > 4 and last.endswith(tuple(known.words[f"{kind}_endings"])):
            found.add(f"{kind}-ending")
    return found


def _shape(text: str) -> Iterator[str]:
    letters = [c for c in text if c.isalpha()]
    if len(letters) > 1 and all(c.isupper() for c in letters):
        yield "capitals" if len(letters) <= 5 else "capitals-long"
    elif any(a.islower() and b.isupper() for a, b in pairwise(text)):
        yield "inner-capital"
    if any(c.isdigit() for c in text):
        yield "code" if _CODE.fullmatch(text) else "digit"
    if "&" in text:
        yield "ampersand"
    if " of " in text or " for " in text:
        yield "of-inside"


def _gazetteers(text: str, tokens: list[str], known: Lexicon) -> Iterator[str]:
    if text in known.organisations:
        yield "known-organisation"
    if place := known.places.get(text) or known.places.get(text.title() if text.isupper() else ""):
        yield f"known-{place.kind}" if place.big else "known-small-city"
    if tokens[0] in known.given_names:
        yield "given-name" if len(tokens) > 1 else "given-name-alone"
    if len(tokens) == 1 and text in known.surnames:
        yield "surname-alone"
    if tokens[0] in known.demonyms:
        yield "demonym-first"


def _composition(text: str, tokens: list[str], known: Lexicon) -> Iterator[str]:
    if any(token in known.places and known.places[token].big for token in tokens):
        yield "place-inside"
    if tokens[0] in known.organisations and not _CODE.fullmatch(text):
        yield "organisation-first"
    if tokens[-1] in known.surnames:
        yield "surname-last"
    elif tokens[0] in known.surnames and len(tokens) < 5:
        yield "surname-first"
    words = [token for token in tokens if token != "-"]
    if all(word.isalpha() and word[0].isupper() and not word.isupper() for word in words):
        yield "plain-words"
        new = not any(known.is_generic(word) or word in known.places for word in words)
        if new and not known.head_kind(words) and text not in known.organisations:
            yield f"headless-{min(len(words), 4)}"


def mention_evidence(candidate: Candidate) -> set[str]:
    """What one mention's surroundings say."""
    known = lexicon()
    return {
        "initial" if is_initial(candidate.doc[candidate.start]) else "within",
        *_spacy_view(candidate),
        *_before(candidate, known),
        *_after(candidate, known),
        *_syntax(candidate, known),
        *_dateline(candidate),
    }


def _spacy_view(candidate: Candidate) -> Iterator[str]:
    doc, start, end = candidate.doc, candidate.start, candidate.end
    labels = {token.ent_type_ for token in doc[start:end]}
    ends = end == len(doc) or doc[end].ent_iob_ != "I"
    exact = doc[start].ent_iob_ == "B" and len(labels) == 1 and ends
    for label in labels:
        kind = _TYPE_OF_LABEL.get(label, "none" if not label else "other")
        yield f"spacy-{kind}" if exact else f"spacy-part-{kind}"
    tag = doc[start:end].root.pos_
    yield f"tag-{tag.lower()}" if tag in ("PROPN", "NOUN", "ADJ", "VERB") else "tag-other"


def _before(candidate: Candidate, known: Lexicon) -> Iterator[str]:
    doc, start, end = candidate.doc, candidate.start, candidate.end
    if start == 0:
        return
    at = start - 1
    if doc[at].lower_ == "the" and at:
        yield "the-before"
        at -= 1
    before, word = doc[at], doc[at].lower_
    yield from (f"{kind}-noun-before" for kind in _kinds(before, known))
    if word in ("a", "an"):
        yield "a-before"
        if end < len(doc) and "firm" in _kinds(doc[end], known):
            yield "a-before-firm-noun"
    if word.strip(".") in known.words["titles"]:
        yield "title-before"
    elif before.text in known.words["role_marks"]:
        yield "role-noun-before"
    if word in _PLACING:
        yield "in-before"
    elif word in _LINKING:
        yield f"{word}-before"
    elif before.lemma_.lower() in ("join", "acquire", "buy"):
        yield "joins-before"
    elif word in ("'s", "’s"):
        yield "possessive-before"
    elif before.text in ('"', "“", "‘"):
        yield "quote-before"
    elif before.text == "(":
        yield "spelt-out" if _is_spelt_out(doc, at, doc[start:end].text) else "bracket-before"
    if at and word in ("of", "and", "or", ","):
        yield from _before_link(doc, at, known)


def _before_link(doc: Doc, at: int, known: Lexicon) -> Iterator[str]:
    """Evidence across an "of", "and" or comma at ``doc[at]``."""
    word, earlier = doc[at].lower_, doc[at - 1]
    if word == "of":
        yield from (f"{kind}-noun-of" for kind in _kinds(earlier, known))
        return
    yield from _beside(earlier, known)
    if word == ",":
        yield from (f"{kind}-noun-comma" for kind in _kinds(earlier, known))
        if earlier.text in known.places:
            yield "place-comma-before"


def _is_spelt_out(doc: Doc, bracket: int, text: str) -> bool:
    """Whether a bracketed short form stands for words that are no name: "a gas (LNG)"."""
    letters = [c.lower() for c in text if c.isupper()]
    words = doc[max(0, bracket - 2 * len(letters) - 2) : bracket]
    near = [token for token in words if token.is_alpha][-len(letters) - 2 :]
    small = sum(token.is_lower and token.text[0] in letters for token in near)
    return len(letters) > 1 and small >= max(2, len(letters) - 1)


def _beside(token: Token, known: Lexicon) -> Iterator[str]:
    """What stands beside a name in a list is mostly of its type."""
    if token.text in known.places and known.places[token.text].big:
        yield "beside-place"
    elif token.text in known.organisations:
        yield "beside-organisation"


def _after(candidate: Candidate, known: Lexicon) -> Iterator[str]:
    doc, end = candidate.doc, candidate.end
    if end >= len(doc):
        return
    after = doc[end]
    owner = after.text in _POSSESSIVES and end + 1 < len(doc)
    if owner:
        yield "possessive"
        after = doc[end + 1]
    if after.lower_ in known.words["firm_modifies"]:
        yield "possessive-of-firm" if owner else "modifies"
    for kind in _kinds(after, known):
        yield f"possessive-of-{kind}-noun" if owner else f"{kind}-noun-after"
    if after.lower_ == "who":
        yield "who"
    elif after.text == "(":
        yield "bracket-after"
    elif after.text.isdigit():
        yield "digit-after"
    if end + 1 >= len(doc):
        return
    following = doc[end + 1]
    if doc[end].text == "-":
        if following.lower_ == "based":
            yield "based"
        elif following.lower_ in _HYPHENED:
            yield "owned"
        elif following.is_lower and following.pos_ != "PROPN":
            yield "hyphen-after"
    elif doc[end].text == ",":
        yield from _apposition(doc, end + 1, known)
    elif doc[end].lower_ in ("and", "or"):
        yield from _beside(following, known)


def _apposition(doc: Doc, index: int, known: Lexicon) -> Iterator[str]:
    """Evidence from ", a Swedish truckmaker," and the like."""
    first = doc[index]
    if first.lower_ in ("who", "whose"):
        yield "who"
    elif first.lower_ == "which":
        yield "which"
    elif first.text in known.places:
        yield "comma-place"
    elif first.text.isdigit() and len(first.text) == 2:
        yield "age"
    elif first.tag_ not in ("VBD", "VBZ", "VBP"):  # else the sentence goes on: "X, called …"
        yield from _beside(first, known)
        for token in doc[index + 1 : index + _APPOSITION]:
            if token.is_punct or token.lower_ in _APPOSITION_ENDS:
                yield from (f"apposed-{kind}" for kind in _kinds(token.nbor(-1), known))
                return


def _kinds(token: Token, known: Lexicon) -> Iterator[str]:
    """What kinds of thing a common noun is a word for."""
    if not token.is_lower:
        return
    if kind := known.kind_of_noun.get(token.text):
        yield f"{kind}-kind"
    for kind in _NOUNS:
        words = known.words["roles" if kind == "role" else f"{kind}_nouns"]
        if token.text in words or token.lemma_ in words:
            yield kind


def _syntax(candidate: Candidate, known: Lexicon) -> Iterator[str]:
    doc, end = candidate.doc, candidate.end
    root = doc[candidate.start : end].root
    if any(token.lower_ in _GENDERED for token in doc[end : end + _NEARBY]):
        yield "gendered"
    verb = root.head.lemma_.lower()
    if root.dep_ in ("nsubj", "nsubjpass"):
        if verb in known.words["person_verbs"]:
            yield "says"
        elif verb in known.words["firm_verbs"]:
            yield "acts"
        else:
            yield "subject"
    elif root.dep_ in ("dobj", "attr"):
        yield "object"
    elif root.dep_ == "compound":
        yield "compound"
    elif root.dep_ == "appos":
        yield "apposition"


def _dateline(candidate: Candidate) -> Iterator[str]:
    """Whether the paragraph begins "GOTHENBURG, Oct 14 – …"."""
    doc, end = candidate.doc, candidate.end
    if candidate.start or end > 3 or end >= len(doc):
        return
    first = doc[end].text
    if first not in ",(" and not (first in _DASHES and doc[end].whitespace_):
        return
    if any(t.text in _DASHES and t.whitespace_ for t in doc[end : end + 8]):
        yield "dateline"
