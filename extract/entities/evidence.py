"""What speaks for a name being an organisation, a person, a place, a product or no name.

Each piece of evidence is one plain observation with a name; weights.yaml says how much it
counts for each type. A name's evidence is gathered over all its mentions in a document.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from extract.entities.candidates import Candidate, is_initial
from extract.entities.lexicon import Lexicon, lexicon

_TYPE_OF_LABEL = {
    "ORG": "org", "PERSON": "person", "GPE": "place", "LOC": "place", "FAC": "facility",
    "PRODUCT": "product", "NORP": "people", "WORK_OF_ART": "work", "EVENT": "event", "LAW": "law",
}  # fmt: skip
_HYPHENED = frozenset({"owned", "backed", "made", "built", "led", "listed", "controlled", "funded"})
_APPOSITION = 7


def name_evidence(text: str) -> set[str]:
    """What a name's own words say, wherever it stands."""
    known = lexicon()
    tokens = text.replace("-", " - ").split() if " " in text else text.split()
    found = {f"words-{min(len(text.split()), 4)}"}
    letters = [c for c in text if c.isalpha()]
    if len(letters) > 1 and all(c.isupper() for c in letters):
        found.add("capitals" if len(letters) <= 5 else "capitals-long")
    elif any(a.islower() and b.isupper() for a, b in zip(text, text[1:], strict=False)):
        found.add("inner-capital")
    if any(c.isdigit() for c in text):
        found.add("digit")
    if "&" in text:
        found.add("ampersand")
    if head := known.head_kind(text.split()):
        found.add(f"head-{head}")
        if len(text.split()) == 1:
            found.add(f"only-head-{head}")
    if " of " in text or " for " in text:
        found.add("of-inside")
    found.update(_gazetteer_evidence(text, tokens, known))
    last = tokens[-1].lower()
    if len(last) > 4:
        if last.endswith(tuple(known.words["firm_endings"])):
            found.add("firm-ending")
        if last.endswith(tuple(known.words["place_endings"])):
            found.add("place-ending")
    return found


def _gazetteer_evidence(text: str, tokens: list[str], known: Lexicon) -> Iterator[str]:
    if text in known.organisations:
        yield "known-organisation"
    if place := known.places.get(text) or known.places.get(text.title() if text.isupper() else ""):
        yield f"known-{place.kind}" if place.big else "known-small-city"
    if tokens[0] in known.given_names:
        yield "given-name" if len(tokens) > 1 else "given-name-alone"
    if len(tokens) > 1:
        if any(token in known.places and known.places[token].big for token in tokens):
            yield "place-inside"
        if tokens[0] in known.organisations:
            yield "organisation-first"
        if all(t.isalpha() and t[0].isupper() and not t.isupper() for t in tokens):
            yield "plain-words"
    if tokens[0] in known.demonyms:
        yield "demonym-first"


def mention_evidence(candidate: Candidate) -> set[str]:
    """What one mention's surroundings say."""
    doc, start, end = candidate.doc, candidate.start, candidate.end
    known = lexicon()
    found = set(_spacy_evidence(candidate))
    found.update(_before(doc, start, known))
    found.update(_after(doc, end, known))
    found.update(_syntax(candidate, known))
    if is_initial(doc[start]):
        found.add("initial")
    else:
        found.add("within")
    if (
        start == 0
        and end < len(doc)
        and end - start <= 3
        and doc[end].text in (",", "(", "–", "—", "-")
    ):
        rest = doc[end : end + 8]
        if any(t.text in ("–", "—", "-", "--") for t in rest) and doc[end].whitespace_:
            found.add("dateline")
    return found


def _spacy_evidence(candidate: Candidate) -> Iterator[str]:
    doc, start, end = candidate.doc, candidate.start, candidate.end
    labels = {token.ent_type_ for token in doc[start:end]}
    exact = (
        doc[start].ent_iob_ == "B"
        and len(labels) == 1
        and (end == len(doc) or doc[end].ent_iob_ != "I")
    )
    for label in sorted(labels):
        kind = _TYPE_OF_LABEL.get(label, "none" if not label else "other")
        yield f"spacy-{kind}" if exact else f"spacy-part-{kind}"
    head = doc[start:end].root
    yield "tag-" + (head.pos_.lower() if head.pos_ in ("PROPN", "NOUN", "ADJ", "VERB") else "other")


def _before(doc: Doc, start: int, known: Lexicon) -> Iterator[str]:
    if start == 0:
        return
    before = doc[start - 1]
    word = before.lower_
    if word == "the":
        yield "the-before"
        before = doc[start - 2] if start > 1 else before
        word = before.lower_
    if before.lower_ in ("a", "an"):
        yield "a-before"
    if word.strip(".") in known.words["titles"]:
        yield "title-before"
    if word in known.words["roles"]:
        yield "role-before"
    for kind in ("firm", "body", "place", "product"):
        if word in known.words[f"{kind}_nouns"]:
            yield f"{kind}-noun-before"
        if word == "of" and start > 1 and doc[start - 2].lower_ in known.words[f"{kind}_nouns"]:
            yield f"{kind}-noun-of"
    if word in ("in", "near", "outside", "around", "across"):
        yield "in-before"
    elif word in ("at", "with", "by", "of", "for", "to", "from", "between", "against", "via"):
        yield f"{word}-before"
    elif word in ("joined", "join", "told", "acquire", "acquired", "buy", "bought"):
        yield "joins-before"
    if word == "," and start > 1 and doc[start - 2].text in known.places:
        yield "place-comma-before"
    if before.text in ('"', "“", "‘"):
        yield "quote-before"
    if before.text == "(":
        yield "bracket-before"
    if word in ("'s", "’s"):
        yield "possessive-before"
    if word in ("and", ",", "or") and start > 1:
        yield from _beside(doc[start - 2], known)


def _beside(token: Token, known: Lexicon) -> Iterator[str]:
    """What stands beside a name in a list is mostly of its type."""
    if token.text in known.places and known.places[token.text].big:
        yield "beside-place"
    elif token.text in known.organisations:
        yield "beside-organisation"


def _after(doc: Doc, end: int, known: Lexicon) -> Iterator[str]:
    if end >= len(doc):
        return
    after = doc[end]
    word = after.lower_
    if word in ("'s", "’s") or after.text in ("’", "'"):
        yield "possessive"
        after = doc[end + 1] if end + 1 < len(doc) else after
        word = after.lower_
        if word in known.words["firm_modifies"]:
            yield "possessive-of-firm"
        if word in known.words["place_nouns"]:
            yield "possessive-of-place"
    elif word in known.words["firm_modifies"]:
        yield "modifies"
    if word in known.words["place_nouns"]:
        yield "place-noun-after"
    if word in known.words["product_nouns"]:
        yield "product-noun-after"
    if word in known.words["body_nouns"]:
        yield "body-noun-after"
    if word in known.words["firm_nouns"]:
        yield "firm-noun-after"
    if word in known.words["roles"]:
        yield "role-after"
    if word == "-" and end + 1 < len(doc):
        if doc[end + 1].lower_ == "based":
            yield "based"
        elif doc[end + 1].lower_ in _HYPHENED:
            yield "owned"
    if word == "who":
        yield "who"
    if word == "(":
        yield "bracket-after"
    if after.text.isdigit():
        yield "digit-after"
    if word == "," and end + 1 < len(doc):
        yield from _apposition(doc, end + 1, known)
    if word in ("and", "or") and end + 1 < len(doc):
        yield from _beside(doc[end + 1], known)


def _apposition(doc: Doc, index: int, known: Lexicon) -> Iterator[str]:
    """Evidence from ", a Swedish truckmaker," and the like."""
    first = doc[index]
    if first.lower_ in ("who", "whose"):
        yield "who"
        return
    if first.lower_ == "which":
        yield "which"
        return
    if first.text in known.places:
        yield "comma-place"
        return
    yield from _beside(first, known)
    if (
        first.is_digit and int(first.text) < 100
        if first.text.isdigit() and len(first.text) < 4
        else False
    ):
        yield "age"
    for token in doc[index : index + _APPOSITION]:
        word = token.lower_
        if token.is_punct or word in ("of", "at", "in", "for", "and", "that", "which", "'s", "’s"):
            kinds = _kinds(doc[token.i - 1].lower_, known) if token.i > index else ()
            yield from (f"apposed-{kind}" for kind in kinds)
            return


def _kinds(word: str, known: Lexicon) -> tuple[str, ...]:
    if word in known.words["roles"]:
        return ("role",)
    return tuple(
        k for k in ("firm", "body", "place", "product") if word in known.words[f"{k}_nouns"]
    )


def _syntax(candidate: Candidate, known: Lexicon) -> Iterator[str]:
    root = candidate.doc[candidate.start : candidate.end].root
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
