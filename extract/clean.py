"""Cleaning that keeps offsets: what is not the article's own prose becomes blanks.

A page copied from a browser brings chart debris, captions, bylines and lists of links along.
Here they are told from sentences by what lines look like in general (how they end, how many
words they have, where they stand), and blanked character by character, so that every offset
into the clean text is one into ``Document.text`` too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any

from extract.records import Document
from extract.wordfiles import parse_yaml

_LINE = re.compile(r"[^\n\r\u2028\x85\x0b\x0c]+")
_WORD = re.compile(r"[^\W\d_][\w'’&.-]*")
_SENTENCE_END = re.compile(r"[.!?…][\"”’'»)\]*_]*$")
_INNER_SENTENCE = re.compile(r"[\w)%][.!?][\"”’']? +[\"“‘']?[A-Z]")
_BULLET = re.compile(r"^\s*(?:[-*+•–—▪◦‣]|\d{1,2}[.)])\s+")
_MARKS = re.compile(r"^\s*(?:#{1,6}|>+)\s")
_BOXES = re.compile(r"[☐☑☒■□▪▫●○◆◇█▲▼►◄]|_{3,}|={3,}|-{4,}|\|.*\|")
_IMAGE = re.compile(r"!\[[^\]\n]{0,400}\]\([^)\s]{0,2000}[^)\n]{0,200}\)")
_LINK = re.compile(r"\[([^\]\n]{1,400})\]\([^)\s]{0,2000}[^)\n]{0,200}\)")
_ESCAPE = re.compile(r"\\(?=[$*_#\[\]()~`>&%+.!|{}-])")
_EMPHASIS = re.compile(
    r"(?<![\w*])\*{1,3}(?=\S)|(?<=\S)\*{2,3}(?!\w)|(?<!\w)__(?=\w)|(?<=\w)__(?!\w)"
)
_LONG_LINE = 100_000


@dataclass(frozen=True, slots=True)
class CleanText:
    """The clean text of a document, as long as the raw one, and what its furniture told.

    ``paragraphs`` are (start, end) pairs in code points, in order; ``byline`` is the names
    as written. ``title``, ``date`` (ISO 8601) and ``publisher`` repeat the document's own where
    it has them.
    """

    text: str
    paragraphs: tuple[tuple[int, int], ...]
    title: str = ""
    byline: str = ""
    date: str = ""
    publisher: str = ""

    def described(self, document: Document) -> Document:
        """The document, with what it did not know of itself filled in."""
        return replace(document, title=self.title, date=self.date, publisher=self.publisher)


@dataclass(frozen=True, slots=True)
class _Furniture:
    labelled: re.Pattern[str]
    credited: re.Pattern[str]
    sign_off: re.Pattern[str]
    published: re.Pattern[str]
    copyright: re.Pattern[str]
    dateline: re.Pattern[str]
    byline: re.Pattern[str]
    verbs: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Unit:
    """One paragraph, heading or stray line: a stretch of the text and what kind it is."""

    start: int
    end: int
    text: str
    kind: str = "line"
    block: int = 0


def clean(document: Document) -> CleanText:
    """Blank the furniture of a document and harvest what it says about the document."""
    text = without_marks(document.text)
    units = _settle([replace(unit, kind=_kind(unit.text)) for unit in _units(text)])
    kept = [unit for unit in units if unit.kind in ("prose", "title", "standfirst")]
    title = document.title or next((_squeezed(u.text) for u in units if u.kind == "title"), "")
    facts = _facts(units)
    return CleanText(
        text=_blank_outside(text, kept),
        paragraphs=tuple((unit.start, unit.end) for unit in kept),
        title=title,
        byline=facts.get("byline", ""),
        date=document.date or facts.get("date", ""),
        publisher=document.publisher or facts.get("publisher", ""),
    )


@cache
def _furniture() -> _Furniture:
    raw: dict[str, Any] = parse_yaml(
        files("extract").joinpath("furniture.yaml").read_text(encoding="utf-8")
    )

    def union(name: str) -> re.Pattern[str]:
        return re.compile("|".join(f"(?:{p})" for p in raw[name]), re.IGNORECASE)

    return _Furniture(
        labelled=union("labelled"),
        credited=union("credited"),
        sign_off=union("sign_off"),
        published=re.compile(raw["published"], re.IGNORECASE),
        copyright=re.compile(raw["copyright"], re.IGNORECASE),
        dateline=re.compile(raw["dateline"]),
        byline=re.compile(raw["byline"]),
        verbs=frozenset(raw["verbs"]),
    )


def dateline_end(text: str) -> int:
    """Where a wire's dateline ("BERGEN, Norway, March 4, 2025 - ") ends; 0 where there is none."""
    found = _furniture().dateline.match(text)
    return found.end() if found else 0


def _blanks(match: re.Match[str]) -> str:
    return " " * len(match[0])


def without_marks(text: str) -> str:
    """Markdown's marks as blanks; the words of a link stay, its address goes."""

    def link(match: re.Match[str]) -> str:
        return " " + match[1] + " " * (len(match[0]) - len(match[1]) - 1)

    if "](" in text:
        text = _LINK.sub(link, _IMAGE.sub(_blanks, text))
    if "\\" in text:
        text = _ESCAPE.sub(" ", text)
    if "**" in text or "__" in text or "*" in text:
        text = _EMPHASIS.sub(_blanks, text)
    return text


def _units(text: str) -> Iterator[_Unit]:
    """Lines, joined where one is the next one's beginning: within a block without blank lines
    when the block is hard-wrapped, or when a line has no end and the next begins in lower case.
    """
    block: list[tuple[int, int]] = []
    number, last = 0, 0
    for match in _LINE.finditer(text):
        if block and "\n" in text[last : match.start()].replace("\r\n", "\n")[1:]:
            yield from _block_units(text, block, number)
            block, number = [], number + 1
        last = match.end()
        if match[0].strip():
            block.append(match.span())
        elif block:
            yield from _block_units(text, block, number)
            block, number = [], number + 1
    yield from _block_units(text, block, number)


def _block_units(text: str, lines: Sequence[tuple[int, int]], number: int) -> Iterator[_Unit]:
    lengths = [end - start for start, end in lines]
    longest = max(lengths, default=0)
    wrapped = len(lines) > 2 and 60 <= longest <= 120 and min(lengths[:-1]) >= 0.7 * longest
    start = end = -1
    for line_start, line_end in lines:
        head = text[line_start : line_start + 200].lstrip()
        if start >= 0 and (
            (wrapped and not _BULLET.match(head))
            or (head[:1].islower() and not _SENTENCE_END.search(text[max(start, end - 200) : end]))
        ):
            end = line_end
            continue
        if start >= 0:
            yield _unit(text, start, end, number)
        start, end = line_start, line_end
    if start >= 0:
        yield _unit(text, start, end, number)


def _unit(text: str, start: int, end: int, block: int) -> _Unit:
    raw = text[start:end]
    start += len(raw) - len(raw.lstrip())
    end -= len(raw) - len(raw.rstrip())
    mark = _BULLET.match(text[start : min(end, start + 20)]) or _MARKS.match(
        text[start : min(end, start + 20)]
    )
    kind = "heading" if mark and "#" in mark[0] else "bullet" if mark else "line"
    start += mark.end() if mark else 0
    return _Unit(start, max(start, end), text[start:end], kind, block)


def _kind(text: str) -> str:
    """What a unit is by itself: prose, line (title-like), or debris."""
    known = _furniture()
    if len(text) > _LONG_LINE:
        return "prose"
    words = _WORD.findall(text)
    lower = sum(word[0].islower() for word in words)
    ends = bool(_SENTENCE_END.search(text))
    if len(text) < 260 and known.labelled.fullmatch(text) and not (ends and lower > 8):
        return "debris"
    if len(words) <= 45 and known.credited.fullmatch(text):
        return "debris"
    if known.sign_off.fullmatch(text):
        return "debris"
    if len(words) < 2 or not lower or _BOXES.search(text):
        return "prose" if ends and len(words) > 2 and not _BOXES.search(text) else "debris"
    if sum(c.isalpha() or c.isspace() for c in text) < 0.6 * len(text):
        return "debris"
    if ends and (len(words) > 2):
        return "prose"
    if len(words) >= 8 and _INNER_SENTENCE.search(text):
        return "prose"
    if len(words) >= 25 and lower >= 0.5 * len(words):
        return "prose"
    if text.endswith((":", ";", "—", ",")) and len(words) >= 6 and lower >= 3:
        return "prose"
    return "line"


def _settle(units: Sequence[_Unit]) -> list[_Unit]:
    """Decide on title-like lines by where they stand.

    Before the first prose the best one is the title, a long one after it the standfirst; with
    no prose at all every line that reads like a headline is kept; elsewhere they are headings,
    captions or links, which name but state nothing.
    """
    first = next((i for i, unit in enumerate(units) if unit.kind == "prose"), len(units))
    settled = list(units)
    if first == len(units):
        return [
            replace(u, kind="title" if _reads_as_headline(u.text) else "debris")
            if u.kind == "line"
            else u
            for u in units
        ]
    lead = [i for i in range(first) if units[i].kind == "line"]
    title = max(lead, key=lambda i: (_headline_score(units[i].text), -i), default=-1)
    # A question or a full stop makes a headline look like prose.
    if title < 0 or _headline_score(units[title].text) < 2:
        head = units[first]
        if first + 1 < len(units) and len(_WORD.findall(head.text)) <= 16 and head.text[-1] in "?!":
            settled[first] = replace(head, kind="title")
            title, lead = first, [*lead, *_lines_after(units, first)]
    for i in lead:
        if i == title:
            settled[i] = replace(units[i], kind="title")
        elif i > title and (_is_standfirst(text := units[i].text) or _headline_score(text) > 2):
            settled[i] = replace(units[i], kind="standfirst")
    return settled


def _lines_after(units: Sequence[_Unit], first: int) -> list[int]:
    found = []
    for i in range(first + 1, len(units)):
        if units[i].kind == "prose":
            break
        if units[i].kind == "line":
            found.append(i)
    return found


def _headline_score(text: str) -> int:
    """How much a line reads like a headline: words enough, and a verb among them."""
    words = _WORD.findall(text)
    if len(words) < 3 or _furniture().byline.fullmatch(text):
        return 0
    lower = [word for word in words[1:] if word[0].islower()]
    verb = any(w in _furniture().verbs or re.search(r"(?:[^s]s|ed)$", w) for w in lower)
    return min(len(words), 6) // 3 + 2 * verb + (text[-1] in "?!")


def _reads_as_headline(text: str) -> bool:
    return len(_WORD.findall(text)) >= 4 and not _furniture().byline.fullmatch(text)


def _is_standfirst(text: str) -> bool:
    words = _WORD.findall(text)
    return len(words) >= 9 and sum(word[0].islower() for word in words) >= 0.5 * len(words)


def _blank_outside(text: str, kept: Sequence[_Unit]) -> str:
    parts: list[str] = []
    last = 0
    sign_off = _furniture().sign_off
    for unit in kept:
        parts.append(re.sub(r"[^\n]", " ", text[last : unit.start]))
        body = text[unit.start : unit.end]
        if "(" in body and len(body) < _LONG_LINE:
            body = sign_off.sub(_blanks, body)
        parts.append(body)
        last = unit.end
    parts.append(re.sub(r"[^\n]", " ", text[last:]))
    return "".join(parts)


def _squeezed(text: str) -> str:
    return " ".join(text.split())


def _facts(units: Sequence[_Unit]) -> dict[str, str]:
    """Byline, date and publisher, as lines of furniture tell them."""
    known = _furniture()
    facts: dict[str, str] = {}
    for unit in units:
        if unit.kind not in ("debris", "line") or len(unit.text) > 200:
            continue
        text = _squeezed(unit.text)
        if (found := known.byline.fullmatch(text)) or _is_name_line(text):
            facts.setdefault("byline", _names_of(found["names"] if found else text))
        elif found := known.published.match(text):
            _keep(facts, "date", _iso_date(found["date"]))
        elif found := known.copyright.match(text):
            _keep(facts, "year", found["year"] or found["late"] or "")
            _keep(facts, "publisher", found["holder"].strip(" ,"))
        else:
            _keep(facts, "date", _iso_date(text) if len(text) < 32 else "")
    first = next((unit.text for unit in units if unit.kind == "prose"), "")
    if found := known.dateline.match(first):
        _keep(facts, "date", _iso_date(found["date"]))
    _keep(facts, "date", facts.get("year", ""))
    return facts


def _keep(facts: dict[str, str], name: str, value: str) -> None:
    if value and not facts.get(name):
        facts[name] = value


_PARTICLE = r"(?:van|von|de|der|den|da|di|bin|al|el|la|le) "
_NAME = rf"[A-ZÀ-Þ][\w'’.-]+(?: (?:{_PARTICLE})*[A-ZÀ-Þ][\w'’.-]*){{1,3}}"
_NAME_LINE = re.compile(rf"{_NAME}(?:(?:, | and |, and ){_NAME})* in [A-ZÀ-Þ][\w' .,-]+")


def _is_name_line(text: str) -> bool:
    return bool(_NAME_LINE.fullmatch(text))


def _names_of(text: str) -> str:
    return re.split(r"\s+(?:in|at|for)\s+[A-Z]|\s*[|•·]\s*|\s+-\s+", text)[0].strip(" ,")


_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ISO = re.compile(r"\b((?:19|20)\d\d)-(\d\d)(?:-(\d\d))?\b")
_DAY_MONTH = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th)? ([A-Z][a-z]{2,8})\.?,? ((?:19|20)\d\d)\b")
_MONTH_DAY = re.compile(r"\b([A-Z][a-z]{2,8})\.? (\d{1,2})(?:st|nd|rd|th)?,? ((?:19|20)\d\d)\b")
_MONTH_YEAR = re.compile(r"\b([A-Z][a-z]{2,8})\.?,? ((?:19|20)\d\d)\b")


def _iso_date(text: str) -> str:
    """The first date that a line gives in full, as ISO 8601; "" where it gives none."""
    if found := _ISO.search(text):
        return "-".join(part for part in found.groups() if part)
    for pattern, order in ((_DAY_MONTH, (3, 2, 1)), (_MONTH_DAY, (3, 1, 2)), (_MONTH_YEAR, (2, 1))):
        if (found := pattern.search(text)) and found[order[1]][:3].lower() in _MONTHS:
            month = _MONTHS.index(found[order[1]][:3].lower()) + 1
            day = f"-{int(found[order[2]]):02d}" if len(order) > 2 else ""
            return f"{found[order[0]]}-{month:02d}{day}"
    return ""
