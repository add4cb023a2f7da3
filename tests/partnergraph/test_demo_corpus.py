"""The demo corpus: every format and every kind of news is there, small and invented."""

from __future__ import annotations

import difflib
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from pypdf import PdfReader

from extract.clean import clean
from extract.records import Document, Failure
from extract.sources import read_sources
from partnergraph.demo import demo_sources

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def found() -> dict[str, Document | Failure]:
    read = read_sources(str(path) for path in demo_sources())
    return {Path(item.source).name: item for item in read}


@pytest.fixture(scope="module")
def documents(found: dict[str, Document | Failure]) -> dict[str, Document]:
    return {name: item for name, item in found.items() if isinstance(item, Document)}


def test_the_corpus_is_small_and_in_every_format() -> None:
    assert Counter(path.suffix for path in demo_sources()) == {
        ".txt": 13,
        ".md": 2,
        ".html": 2,
        ".docx": 1,
        ".pdf": 1,
    }
    assert sum(path.stat().st_size for path in demo_sources()) < 150_000


def test_two_files_are_skipped_and_say_why(found: dict[str, Document | Failure]) -> None:
    reasons = [item for item in found.values() if isinstance(item, Failure)]
    assert [item.status for item in reasons] == ["skipped", "skipped"]
    assert sorted(item.reason.split(";")[0] for item in reasons) == [
        "empty: there is no text in it",
        "written in German",
    ]


def test_articles_are_short_and_the_report_has_two_pages(documents: dict[str, Document]) -> None:
    lengths = {name: len(document.text.split()) for name, document in documents.items()}
    report = lengths.pop("2025-09-battery-alliances-report.pdf")
    assert len(lengths) == 16
    assert all(80 <= length <= 250 for length in lengths.values()), lengths
    assert 400 <= report <= 800
    (path,) = (path for path in demo_sources() if path.suffix == ".pdf")
    assert len(PdfReader(path).pages) == 2


KINDS = {
    "a research agreement of a firm and a university": (
        r"Nordhavn Batteries A/S \(NHB\) and Malmö Technical University signed a .*research agree"
    ),
    "one supplier of two makers": r"Elbe Chemie GmbH will supply .* to Nordhavn[\s\S]*supplies F",
    "a joint venture of three in a city": (
        r"Nordhavn Batteries, Calder Motors and Yuanheng Auto Group have formed .* in Hefei"
        r".*EUR 850mn"
    ),
    "an agreement of two countries": r"Denmark and Vietnam signed a co-operation agreement",
    "a stake": r"bought a 12 per cent stake in Lumen Grid B\.V\. for EUR 45mn",
    "a factory with its amount": r"opened a factory in Poznań.*EUR 1\.2bn",
    "a rumour": r"is considering a takeover of Kestrel Robotics, according to two people",
    "a denial": r"Calder Motors has denied a report that it will acquire Calder Motion",
    "a licence": r"has granted Yuanheng Auto Group a licence",
    "a research centre abroad": r"opened a research and development centre in Gothenburg",
    "a counted group": r"partnerships with more than 20 Chinese suppliers",
    "a plan": r"Nordhavn Batteries plans to build a factory in Valencia",
    "a person who changes employer": r"is leaving Nordhavn Batteries .* chief executive of Calder",
    "an end": r"Calder Motors has ended its joint venture",
    "a purchase": r"Calder Motion has acquired Kestrel Robotics for EUR 260mn",
    "ownership": r"is now a wholly owned subsidiary of Calder Motion",
    "a spin-off": r"was spun off from Eindhoven Polytechnic",
    "a member": r"is a member of the European Alliance for Clean Haulage",
    "a competitor": r"Elbe Chemie competes with Baltic Minerals",
}


@pytest.mark.parametrize("pattern", KINDS.values(), ids=KINDS.keys())
def test_every_kind_of_news_is_there(documents: dict[str, Document], pattern: str) -> None:
    assert any(re.search(pattern, document.text) for document in documents.values())


def test_the_twins_are_nearly_the_same(documents: dict[str, Document]) -> None:
    wire, daily = (
        documents[f"2023-09-hefei-joint-venture-{x}"] for x in ("wire.txt", "daily.html")
    )
    alike = difflib.SequenceMatcher(None, wire.text, daily.text, autojunk=False).ratio()
    assert 0.8 < alike < 1
    assert wire.id != daily.id


def test_pages_give_their_article_only(documents: dict[str, Document]) -> None:
    text = "\n".join(document.text for document in documents.values())
    for furniture in ("Pelagia", "Ostmark", "Most read", "newsletter", "window.analytics"):
        assert furniture not in text


@pytest.mark.parametrize("suffix", [".md", ".html", ".docx", ".pdf"])
def test_formats_that_can_tell_title_and_date_do(
    documents: dict[str, Document], suffix: str
) -> None:
    for name, document in documents.items():
        if name.endswith(suffix):
            assert document.title
            stated = document.date or clean(document).date
            assert stated.startswith(name[:7])


def test_word_and_pdf_come_from_the_texts_beside_the_script(tmp_path: Path) -> None:
    script = ROOT / "scripts" / "make_demo_documents.py"
    subprocess.run([sys.executable, str(script), str(tmp_path)], check=True, capture_output=True)
    made = [item for item in read_sources([str(tmp_path)]) if isinstance(item, Document)]
    committed = [
        item
        for item in read_sources(str(p) for p in demo_sources() if p.suffix in (".docx", ".pdf"))
        if isinstance(item, Document)
    ]
    assert len(made) == 2
    for one, other in zip(made, committed, strict=True):
        assert (one.text, one.title, one.date) == (other.text, other.title, other.date)


def test_no_sentence_is_from_a_real_article(
    shared_data: Path, documents: dict[str, Document]
) -> None:
    real: set[str] = set()
    for path in [*sorted(shared_data.glob("*article*")), shared_data / "dev_passages.jsonl"]:
        real |= runs(path.read_text(encoding="utf-8"))
    for name, document in documents.items():
        assert not runs(document.text) & real, name


def runs(text: str) -> set[str]:
    """Every eight words in a row."""
    words = re.findall(r"\w+", text.lower())
    return {" ".join(words[i : i + 8]) for i in range(len(words) - 7)}
