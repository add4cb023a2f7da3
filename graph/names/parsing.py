"""Names taken apart: words with their meaning, initials, acronyms in brackets."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from graph.names.keys import fold, name_key, without_legal_form
from graph.names.lexicon import Word, WordClass, longest_phrase, words

MOST_WORDS = 12  # of a name that are compared; longer names are rare
_LONGEST = 300  # characters that are read
_SHORT = 6  # letters: the s at the end of shorter words is their own
_LONG = 10  # letters: shorter words are seldom compounds
_PARTS = (WordClass.head, WordClass.field, WordClass.qualifier, WordClass.industry)
_BRACKETS = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_JOINING = re.compile(r"(?<=\w)\+(?=\w)")  # "Mann+Hummel", but C++
_ROMAN = re.compile(r"(?=[ivx])(?:x{0,2})(?:ix|iv|v?i{0,3})")
_UMLAUT = re.compile(r"([aou])e")  # "Sued" is "Süd", and that "sud"
_SPLIT = re.compile(r"(?<=[a-z])(?=[A-Z][a-z])")  # "AkzoNobel"
_OTHER_SCRIPT = re.compile(r"[^\u0000-\u024f\u1e00-\u1eff]")
_LATIN = re.compile(r"[A-Za-z]")


@dataclass(frozen=True, slots=True)
class Token:
    """A word, or a phrase that means one thing: as folded, what it means, its class."""

    text: str
    concept: str
    kind: WordClass


@dataclass(frozen=True, slots=True)
class Parsed:
    """A name taken apart. ``tokens`` are without legal form and connectives; ``initials`` of
    all words and of those that count; ``capitals`` the name as an acronym, where it may be one;
    ``bracketed`` acronyms that it gives in brackets; ``joined`` its letters without spaces;
    ``form`` its legal form."""

    key: str
    tokens: tuple[Token, ...]
    initials: tuple[str, str]
    capitals: str
    bracketed: tuple[str, ...]
    joined: str
    form: str


@lru_cache(maxsize=200_000)
def parse(type: str, name: str) -> Parsed:
    """Take a name apart; any text will do."""
    text = look_alikes(name[:_LONGEST])
    bare = _BRACKETS.sub(_without_acronym, text).strip() or text
    inner = [found.strip() for found in _BRACKETS.findall(text)]
    bracketed = tuple(fold(one).replace(" ", "") for one in inner if _is_acronym(one))
    folded = fold(_JOINING.sub(" ", bare))
    kept = without_legal_form(folded.removeprefix("the ")) if type == "ORG" else folded
    plain = _split_camel(bare, kept)
    tokens = _tokens(plain.split())
    if len(tokens) > 1 and _ROMAN.fullmatch(tokens[-1].text):  # "Fund I": here, no "and"
        tokens[-1] = Token(tokens[-1].text, str(_number(tokens[-1].text)), WordClass.number)
    counting = tuple(t for t in tokens if t.kind is not WordClass.connective)[:MOST_WORDS]
    split = plain.split()
    meaning = [w for w in split if not _is_connective(w)]
    return Parsed(
        key=name_key(type, text),
        tokens=counting,
        initials=(_initials(split), _initials(meaning)),
        capitals=kept.replace(" ", "") if _is_acronym(bare) else "",
        bracketed=bracketed,
        joined=kept.replace(" ", ""),
        form=folded.removeprefix("the ").removeprefix(kept).strip(),
    )


def _without_acronym(found: re.Match[str]) -> str:
    """What stands in brackets, but for an acronym of the name."""
    return " " if _is_acronym(found.group(1).strip()) else f" {found.group(1)} "


def look_alikes(name: str) -> str:
    """Words of mixed scripts in Latin letters: a Cyrillic "о" in "Vоlkswagen" is an "o"."""
    if not _OTHER_SCRIPT.search(name):
        return name
    from text_unidecode import unidecode  # type: ignore[import-untyped]

    spelled = []
    for word in name.split():
        mixed = _OTHER_SCRIPT.search(word) and _LATIN.search(unicodedata.normalize("NFKD", word))
        spelled.append(unidecode(word) if mixed else word)
    return " ".join(spelled)


def _is_acronym(text: str) -> bool:
    """ "CNRS", "AT&S", "EnBW": short, one word, mostly capitals."""
    letters = [char for char in text if char.isalnum()]
    if not 2 <= len(letters) <= 9 or len(text.split()) > 1:
        return False
    return sum(char.isupper() or char.isdigit() for char in letters) * 2 >= len(letters) + 1


def _split_camel(written: str, folded: str) -> str:
    """The folded name with "AkzoNobel" as two words, where that changes nothing else."""
    if not _SPLIT.search(written):
        return folded
    again = without_legal_form(fold(_SPLIT.sub(" ", written)).removeprefix("the "))
    return again if again.replace(" ", "") == folded.replace(" ", "") else folded


def _tokens(split: list[str]) -> list[Token]:
    found: list[Token] = []
    at = 0
    while at < len(split):
        for length in range(min(longest_phrase(), len(split) - at), 0, -1):
            text = " ".join(split[at : at + length])
            known = words().get(text) or words().get(_singular(text))
            if known:
                found.append(Token(text, known.concept, known.kind))
            elif length == 1:
                found += _compound(text)
            else:
                continue
            at += length
            break
    return found


def _compound(text: str) -> list[Token]:
    """A word that nobody listed: its parts, where it ends in a word that is known, as
    "Bundesnetzagentur" does, or itself."""
    if len(text) >= _LONG:
        for cut in range(4, len(text) - 4):
            last = words().get(text[cut:])
            if last and last.kind in _PARTS:
                return [*_beginning(text[:cut]), Token(text[cut:], last.concept, last.kind)]
    meaning = _unknown(text)
    return [Token(text, meaning.concept, meaning.kind)]


def _beginning(text: str) -> list[Token]:
    for cut in range(len(text), 3, -1):
        first = words().get(text[:cut]) or words().get(text[:cut].rstrip("s"))
        if first and first.kind in (*_PARTS, WordClass.place):
            rest = text[cut:].removeprefix("s")
            known = Token(text[:cut], first.concept, first.kind)
            return [known, *([_beginning(rest)[0]] if len(rest) > 3 else [])]
    return [Token(text, text, WordClass.other)]


def _unknown(text: str) -> Word:
    if text.isdigit() or (len(text) > 1 and _ROMAN.fullmatch(text)):
        return Word(str(_number(text)), WordClass.number)
    if any(char.isdigit() for char in text):
        return Word(text, WordClass.number)
    plain = _UMLAUT.sub(r"\1", text)
    stem = plain[:-1] if len(plain) > _SHORT and plain.endswith("s") else plain
    return Word(stem, WordClass.other)  # "Västerholms universitet"


def _singular(text: str) -> str:
    if text.endswith("ies") and len(text) > 5:
        return f"{text[:-3]}y"
    return text[:-1] if text.endswith("s") and len(text) > 4 else text


def _number(text: str) -> int | str:
    if text.isdigit():
        return text.lstrip("0") or "0"
    values = {"i": 1, "v": 5, "x": 10}
    numbers = [values[char] for char in text]
    after = [*numbers[1:], 0]
    return sum(-a if a < b else a for a, b in zip(numbers, after, strict=True))


def _is_connective(word: str) -> bool:
    known = words().get(word)
    return known is not None and known.kind is WordClass.connective


def _initials(split: list[str]) -> str:
    return "".join(word[0] for word in split)
