"""Where the sides of a tie stand beside a verb or a noun: subject, object, possessor, …

Voice, control ("plans to buy"), participles ("founded by", "bought in 2019"), relative clauses
and gaps ("the firm that X bought") are resolved here, so that rules need only name a slot.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from spacy.tokens import Token

from extract.relations.clauses import OBJECTS, SUBJECTS, is_passive, subject_of
from extract.relations.scene import Party, Scene

_COPULAS = frozenset({"be", "become", "remain", "stay"})
_INCLUDING = frozenset({"include", "be", "count", "comprise", "number"})


def verb_slot(
    scene: Scene, verb: Token, slot: str, types: Collection[str], through: Collection[str] = ()
) -> list[Party]:
    """Who fills a slot of a verb; the slot is active: a passive is turned round."""
    if slot in ("subject", "object") and is_passive(verb):
        if slot == "subject":
            return _of_preposition(scene, verb, "by", types, through)
        subject = verb.head if verb.dep_ == "amod" else subject_of(verb)
        return scene.denote(subject, types, through)
    if slot == "subject":
        return scene.denote(subject_of(verb), types, through) or _misplaced(
            scene, verb, types, through
        )
    if slot == "object":
        for child in verb.children:
            if child.dep_ in OBJECTS:
                return scene.denote(child, types, through)
        if verb.dep_ == "relcl" and subject_of(verb) is not verb.head:
            return scene.denote(verb.head, types, through)
        return []
    if slot == "dative":
        for child in verb.children:
            if child.dep_ == "dative":
                below = next((each for each in child.children if each.dep_ == "pobj"), child)
                return scene.denote(below, types, through)
        return []
    return _of_preposition(scene, verb, slot, types, through)


def noun_slot(
    scene: Scene, noun: Token, slot: str, types: Collection[str], through: Collection[str] = ()
) -> list[Party]:
    """Who fills a slot of a noun."""
    if slot == "self":
        return named_by(scene, noun, types)
    if slot == "poss":
        return _possessor(scene, noun, types, through)
    if slot == "compound":
        return scene.before(noun, types)
    if slot == "subject":
        return scene.denote(governing_subject(scene, noun), types, through)
    if slot == "topic":
        top = subject_of(noun.sent.root)
        found = scene.denote(top, types)
        return found or (scene.owners(top, types) if top is not None else [])
    if slot == "dative":
        return verb_slot(scene, noun.head, slot, types) if noun.dep_ in OBJECTS else []
    if slot == "user":
        return _user(scene, noun, types)
    if slot == "co":
        return _of_preposition(scene, noun, "with", types, through)
    found = _of_preposition(scene, noun, slot, types, through)
    verb = noun.head
    if (
        not found
        and noun.dep_ in (*OBJECTS, "attr")
        and slot in ("with", "to", "from", "between", "by", "in", "of")
    ):
        found = _of_preposition(scene, verb, slot, types, through)
    return found


def _user(scene: Scene, noun: Token, types: Collection[str]) -> list[Party]:
    """Who did something with a grant: "X built it with a grant", "it was built at X with …"."""
    verb = noun.head.head
    if noun.dep_ != "pobj" or noun.head.lower_ != "with" or verb.pos_ != "VERB":
        return []
    if is_passive(verb):
        by = _of_preposition(scene, verb, "by", types, ())
        return by or _of_preposition(scene, verb, "at", types, ())
    return scene.denote(subject_of(verb), types)


def governing_subject(scene: Scene, noun: Token, depth: int = 0) -> Token | None:
    """The subject of the light verb over a noun: "X formed a partnership", "in a deal, X …"."""
    if depth > 4:
        return None
    light = scene.words.light_verbs
    for child in noun.children:
        if child.dep_ == "relcl" and child.lemma_ in light:
            own = next((each for each in child.children if each.dep_ in SUBJECTS), None)
            if own is not None and own.lower_ not in ("which", "that", "who"):
                return own
    up = noun.head
    if noun.dep_ in (*OBJECTS, "attr"):
        return subject_of(up) if up.lemma_ in light and not is_passive(up) else None
    if noun.dep_ == "nsubjpass" and up.lemma_ in light:
        return next(
            (below for child in up.children if child.dep_ == "agent" for below in child.children),
            None,
        )
    if noun.dep_ in ("conj", "appos") and up.pos_ in ("NOUN", "PROPN"):
        return governing_subject(scene, up, depth + 1)
    if noun.dep_ == "pobj" and up.dep_ == "prep":
        over = up.head
        if over.pos_ in ("VERB", "AUX") and up.lower_ in ("in", "into", "through", "under", "via"):
            return subject_of(over)
        if over.pos_ == "VERB" and up.lower_ in ("on", "to") and over.lemma_ in light:
            return subject_of(over)
        if over.pos_ == "NOUN" and up.lower_ in ("of", "for", "on", "in", "to"):
            return governing_subject(scene, over, depth + 1)
    return None


def named_by(scene: Scene, noun: Token, types: Collection[str]) -> list[Party]:
    """What a common noun names: "X, a unit of Y", "X is a unit", "the unit X", "units: X"."""
    found = scene.denote(_copula(noun), types) or _beside(scene, noun, types)
    if found:
        return found
    if noun.dep_ == "appos":
        return _single(scene, noun.head, types)
    for child in noun.children:
        if child.dep_ == "appos" or child.lower_ in scene.words.lists or child.lower_ == "as":
            name = next(
                (hit for each in (child, *child.children) if (hit := scene.name_at(each))), None
            )
            if name and scene.type_of(name) in types:
                return [Party(each.entity, scene.head(each)) for each in scene.coordinated(name)]
    if noun.dep_ in SUBJECTS and noun.head.lemma_ in _INCLUDING:
        for child in noun.head.children:
            if child.dep_ in (*OBJECTS, "attr") and scene.name_at(child):
                return scene.denote(child, types)
    if noun.dep_ == "pobj" and noun.head.lower_ in ("among", "as"):
        verb = noun.head.head
        target = verb_slot(scene, verb, "object", types)
        return [party for party in target if scene.name_at(party.token)]
    first = noun
    while first.dep_ == "conj" and first.head.pos_ in ("NOUN", "PROPN"):
        first = first.head
    return named_by(scene, first, types) if first is not noun else []


def prepositional(token: Token, preposition: str) -> Iterator[Token]:
    """The objects of a preposition of a token, also "in X, in Y and in Z", "to X in Y and to Z"."""
    for child in token.children:
        if child.dep_ in ("prep", "agent", "dative"):
            same = child.lower_ == preposition
            for each in (child, *child.conjuncts):
                if same or each.lower_ == preposition:
                    yield from (below for below in each.children if below.dep_ == "pobj")
        elif child.dep_ in ("prt", "advmod"):
            for below in child.children:
                if below.dep_ == "prep" and below.lower_ == preposition:
                    yield from (each for each in below.children if each.dep_ == "pobj")


def _of_preposition(
    scene: Scene, token: Token, preposition: str, types: Collection[str], through: Collection[str]
) -> list[Party]:
    tokens = [token]
    if token.pos_ == "NOUN" and preposition in ("between", "by", "with"):
        tokens += [child for child in token.children if child.dep_ == "acl"]
    if token.pos_ in ("VERB", "AUX") and preposition not in ("of",):
        objects = [child for child in token.children if child.dep_ in OBJECTS]
        tokens += objects
        tokens += [below for child in objects for below in prepositional(child, "of")]
        tokens += prepositional(token, "as")  # "joins as director from X"
        tokens += [sum_ for about in ("about", "around") for sum_ in prepositional(token, about)]
    for each in tokens:
        found: dict[str, Party] = {}
        for pobj in prepositional(each, preposition):
            if not found or pobj.head.dep_ == "conj":  # "to X and to Y"
                for party in scene.denote(pobj, types, through):
                    found.setdefault(party.entity, party)
        if found:
            return list(found.values())
    return []


def _possessor(
    scene: Scene, noun: Token, types: Collection[str], through: Collection[str]
) -> list[Party]:
    own = {party.entity for party in named_by(scene, noun, types)}
    for each in (noun, *noun.conjuncts):
        for child in each.children:
            if child.dep_ == "poss" and child.i < noun.i:
                found = scene.denote(child, types, through, own)
                if found:
                    return found
    i = noun.i - 1
    while i > noun.sent.start and noun.i - i < 7:  # what the parser missed: "X 's … noun"
        left = scene.doc[i]
        if left.tag_ == "POS":
            return scene.denote(scene.doc[i - 1], types, through)
        if left.pos_ not in ("ADJ", "NOUN", "PROPN", "NUM", "CCONJ", "ADV") and left.lower_ != "-":
            break
        i -= 1
    return []


def _copula(noun: Token) -> Token | None:
    if noun.dep_ in ("attr", "oprd") and noun.head.lemma_ in _COPULAS:
        return subject_of(noun.head)
    if noun.dep_ in SUBJECTS and noun.head.lemma_ == "be":
        return next((child for child in noun.head.children if child.dep_ == "attr"), None)
    return None


def _single(scene: Scene, token: Token, types: Collection[str]) -> list[Party]:
    name = scene.name_at(token)
    if name and scene.type_of(name) in types:
        return [Party(name.entity, scene.head(name))]
    return []


def _beside(scene: Scene, noun: Token, types: Collection[str]) -> list[Party]:
    """By position: "the unit X", "its rival, X,", "X, the former head"."""
    i = noun.i + 1
    doc = scene.doc
    while i < noun.sent.end and i - noun.i <= 3:
        name = scene.name_at(doc[i])
        if name:
            return _single(scene, doc[i], types)
        if doc[i].lower_ not in (",", "and") and doc[i].pos_ not in ("NOUN", "PROPN"):
            break
        if doc[i].lower_ == "," and not (
            i + 1 < noun.sent.end
            and (after := scene.name_at(doc[i + 1]))
            and _closed(scene, after.end)
        ):
            break
        i += 1
    return _single_before(scene, noun, types)


def _misplaced(
    scene: Scene, verb: Token, types: Collection[str], through: Collection[str]
) -> list[Party]:
    """A subject that the parser hung elsewhere: "in Shanghai, X, a maker, opened"; "before
    joining", said of the subject of the clause before."""
    doc, start = scene.doc, verb.sent.start
    if verb.tag_ == "VBG" and verb.dep_ in ("pcomp", "advcl"):
        for token in reversed(doc[start : verb.i]):
            if token.dep_ in SUBJECTS:
                found = scene.denote(token, types, through)
                if found:
                    return found
    if verb.tag_ not in ("VBD", "VBZ", "VBP") or subject_of(verb) is not None:
        return []
    i = verb.i - 1
    if i > start and doc[i].lower_ == ",":  # past one apposition
        i = next(
            (j - 1 for j in range(i - 1, max(start, i - 9), -1) if doc[j].lower_ == ","), start
        )
    name = scene.name_at(doc[i])
    if name and scene.type_of(name) in types:
        return [Party(name.entity, scene.head(name))]
    return []


def _closed(scene: Scene, end: int) -> bool:
    """Whether a name between commas is an apposition, not the next clause's subject."""
    return end < len(scene.doc) and scene.doc[end].lower_ in (",", ".", ";", ")", ":")


def _single_before(scene: Scene, noun: Token, types: Collection[str]) -> list[Party]:
    i = noun.i - 1
    while i > noun.sent.start and noun.i - i < 9:
        left = scene.doc[i]
        if left.lower_ == ",":
            name = scene.name_at(scene.doc[i - 1])
            return _single(scene, scene.doc[i - 1], types) if name else []
        inside = scene.name_at(left) or left.tag_ == "POS"
        if not inside and left.pos_ not in (
            "DET",
            "ADJ",
            "NOUN",
            "PROPN",
            "NUM",
            "CCONJ",
            "PRON",
            "ADV",
        ):
            return []
        i -= 1
    return []
