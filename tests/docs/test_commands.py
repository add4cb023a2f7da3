"""What the README and the documents say can be typed, is typed here, page by page.

Commands stand in blocks that are indented, or in ```console blocks, in which what they print is
compared; ```python and ```cypher blocks run as well, and a block with a title is a file that is
written first. Of `make` only the target must be there. What can't run is named, with the reason,
in not_run.yaml.
"""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import yaml

from graph.store import Store
from partnergraph.settings import Settings

ROOT = Path(__file__).parents[2]
PAGES = ["README.md", "CONTRIBUTING.md"]
PAGES += sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "docs").rglob("*.md"))
NOT_RUN = yaml.safe_load(Path(__file__).with_name("not_run.yaml").read_text(encoding="utf-8"))
FROM_NOTHING = {"docs/tutorial.md"}  # begins in an empty folder
APART = {"README.md", "docs/command-line.md"}  # sections that don't follow from one another

_FENCE = re.compile(r"^```(\w*)(?: title=\"([^\"]+)\")?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_INDENTED = re.compile(r"(?:^    \S.*\n)+", re.MULTILINE)
_INLINE = re.compile(r"^Example: `(.+)`$", re.MULTILINE)
_USAGE = re.compile(r"partnergraph [a-z ]+\[OPTIONS\]")
_FIGURE = re.compile(r"\b[01]\.\d+")
_PARAMETER = re.compile(r":param (\w+) => (.+?);?")
_SERVER = "bolt://localhost:7687"
_MODEL = "http://localhost:11434/v1"
_SOME_DOCUMENT = "doc-0123456789abcdef"


@dataclass(frozen=True)
class Step:
    """One thing that a page says to do, in which line."""

    kind: str
    text: str
    line: int
    section: int
    shown: str = ""
    title: str = ""


def steps_of(page: str) -> list[Step]:
    """What a page says to do, in its order."""
    text = (ROOT / page).read_text(encoding="utf-8")
    found: list[Step] = []
    without = list(text)
    for match in _FENCE.finditer(text):
        without[match.start() : match.end()] = re.sub(r"[^\n]", " ", match.group())
        found += _fenced(text, match)
    rest = "".join(without)
    hidden = re.search(r"^ {5,}(?:partnergraph|make|python|export) .*$", rest, re.MULTILINE)
    assert hidden is None, f"{page}: no test would find {hidden[0]!r}" if hidden else ""
    for pattern in (_INDENTED, _INLINE):
        for match in pattern.finditer(rest):
            lines = match.group(pattern.groups).strip("\n").replace("\\\n", " ").splitlines()
            found += [
                Step("command", line.strip(), _line(text, match) + i, _section(text, match))
                for i, line in enumerate(lines)
                if not _USAGE.match(line.strip())
            ]
    return sorted(found, key=lambda step: step.line)


def _fenced(text: str, match: re.Match[str]) -> Iterator[Step]:
    language, title, body = match.groups(default="")
    place = _line(text, match), _section(text, match)
    if title:
        yield Step("file", body, *place, title=title)
    elif language in ("python", "cypher"):
        yield Step(language, body, *place)
    elif language == "console":
        for number, part in enumerate(body.removeprefix("$ ").split("\n$ ")):
            command, _, shown = part.partition("\n")
            yield Step("command", command, place[0] + number, place[1], shown.strip("\n"))
    elif re.search(r"^\$? ?(partnergraph|make|export) ", body, re.MULTILINE):
        raise AssertionError(f"line {place[0]}: commands stand in ```console or indented blocks")


def _line(text: str, match: re.Match[str]) -> int:
    return text.count("\n", 0, match.start()) + 1


def _section(text: str, match: re.Match[str]) -> int:
    return len(re.findall(r"^## ", text[: match.start()], re.MULTILINE))


@dataclass
class Hand:
    """Does what a page says, one step after the other. ``server`` is None where there is none:
    then what needs one is left, and ``left`` tells so."""

    run: Callable[..., Any]
    patch: pytest.MonkeyPatch
    model: str
    server: Any = None
    names: dict[str, Any] = field(default_factory=dict)
    left: bool = False

    def do(self, step: Step) -> None:
        """Do one step, and check what it gives."""
        if _SERVER in step.text + os.environ.get("NEO4J_URI", "") and self.server is None:
            self.left = True
            if step.text.startswith("export"):
                self.patch.setenv("NEO4J_URI", _SERVER)  # what comes after needs it, too
        elif step.text not in NOT_RUN:
            getattr(self, f"_do_{step.kind}")(step)

    def begin_section(self) -> None:
        """Forget the settings of the section before."""
        for name in [n for n in os.environ if n.startswith(("PARTNERGRAPH_", "NEO4J_"))]:
            self.patch.delenv(name)

    def _do_file(self, step: Step) -> None:
        path = Path(step.title)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(step.text, encoding="utf-8")

    def _do_python(self, step: Step) -> None:
        exec(compile(self._fill(step.text), f"line {step.line}", "exec"), self.names)

    def _do_cypher(self, step: Step) -> None:
        parameters: dict[str, Any] = {}
        lines = step.text.splitlines()
        with _open_store() as store:
            while match := _PARAMETER.fullmatch(lines[0]):
                parameters[match[1]] = store.read(f"RETURN {match[2]} AS value")[0]["value"]
                del lines[0]
            for statement in "\n".join(lines).split(";\n"):
                found = store.read(statement.strip().removesuffix(";"), parameters)
                assert found, f"line {step.line}: nothing found by {statement}"

    def _do_command(self, step: Step) -> None:
        program, *words = shlex.split(self._fill(step.text), comments=True)
        if program == "export":
            for word in words:
                self.patch.setenv(*word.split("=", 1))
        elif program == "make":
            makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
            assert re.search(rf"^{words[0]}:", makefile, re.MULTILINE), step
        elif Path(program).name == "partnergraph":
            self._call(step, words)
        else:
            raise AssertionError(f"line {step.line}: nobody runs {step.text!r}; see not_run.yaml")

    def _call(self, step: Step, words: list[str]) -> None:
        output = None
        if words[-2:-1] == [">"]:
            output = Path(words[-1])
            words = words[:-2]
        if words[0] == "restore" and "://" in words[-1]:
            with _open_store(words[-1]) as store:  # a backup goes into an empty graph
                store.write("MATCH (n) DETACH DELETE n")
        result = self.run(*words)
        assert result.status == 0, (step.line, step.text, result.err)
        if "-o" in words:
            assert Path(words[words.index("-o") + 1]).stat().st_size, step
        if output:
            output.write_text(result.out, encoding="utf-8")
        if step.shown:
            compare(step, result.err + result.out)

    def _fill(self, text: str) -> str:
        """The text, with addresses and ids that are here in the place of those shown."""
        text = text.replace(_MODEL, self.model).replace("LLM_KEY=…", "LLM_KEY=sk-0123456789")
        if _SERVER in text:
            self.patch.setenv("NEO4J_USERNAME", self.server.user)
            self.patch.setenv("NEO4J_PASSWORD", self.server.password)
            text = text.replace(_SERVER, self.server.uri)
            text = text.replace("PASSWORD=…", f"PASSWORD={self.server.password}")
        if _SOME_DOCUMENT in text:
            with _open_store() as store:
                row = store.read("MATCH (d:Document) RETURN d.id AS id ORDER BY id LIMIT 1")[0]
            text = text.replace(_SOME_DOCUMENT, row["id"])
        return text


def _open_store(address: str | None = None) -> Store:
    known = Settings()
    password = known.password.get_secret_value() if known.password else None
    return Store.open(address or known.db, user=known.user, password=password, create=False)


def compare(step: Step, printed: str) -> None:
    """What is shown is what was printed; a line of … stands for any lines, and figures from 0 to 1
    may differ by a hundredth or two, as they do from one processor to the next."""
    shown = [_squeeze(line) for line in step.shown.splitlines()]
    pattern = "\n".join(".*" if line == "…" else re.escape(line) for line in shown)
    pattern = re.sub(r"\b[01]\\\.\d+", r"([01]\\.\\d+)", pattern)
    told = f"line {step.line}: {step.text}\n{printed}"
    found = re.fullmatch(pattern, _squeeze(printed), re.DOTALL)
    assert found, told
    figures = [float(text) for text in _FIGURE.findall(step.shown)]
    assert [float(text) for text in found.groups()] == pytest.approx(figures, abs=0.02), told


def _squeeze(text: str) -> str:
    """Without the widths of a table's columns."""
    lines = (" ".join(line.replace("─", "").split()) for line in text.strip("\n").splitlines())
    return "\n".join(lines)


@pytest.mark.parametrize("page", PAGES)
def test_what_a_page_says_can_be_done(
    page: str,
    request: pytest.FixtureRequest,
    run_command: Callable[..., Any],
    language_model: str,
    neo4j_missing: str,
    monkeypatch: pytest.MonkeyPatch,
    skip_or_fail: Callable[[str], None],
) -> None:
    steps = steps_of(page)
    if not steps:
        return
    request.getfixturevalue("alone" if page in FROM_NOTHING else "desk")
    hand = Hand(run_command, monkeypatch, language_model)
    if not neo4j_missing and any(_SERVER in step.text for step in steps):
        hand.server = request.getfixturevalue("neo4j_server")
        request.getfixturevalue("neo4j_store")  # empties it
    if page in APART:
        steps.sort(key=lambda step: " forget " in step.text)
    section = 0
    for step in steps:
        if page in APART and step.section != section:
            hand.begin_section()
            section = step.section
        hand.do(step)
    if hand.left:
        skip_or_fail(f"{page}: all but what needs a server was done; {neo4j_missing}")


def test_the_list_of_what_is_not_run_is_current() -> None:
    there = {step.text for page in PAGES for step in steps_of(page)}
    assert set(NOT_RUN) <= there
    assert all(len(reason) > 10 for reason in NOT_RUN.values())


def test_commands_are_found_in_every_kind_of_block() -> None:
    kinds = [step.kind for page in PAGES for step in steps_of(page)]
    assert kinds.count("command") > 120
    assert {"command", "file", "python", "cypher"} == set(kinds)


def test_what_is_shown_must_be_what_was_printed() -> None:
    step = Step("command", "partnergraph queries", 1, 0, "a  0.981\n…\nz")
    compare(step, "a   0.979\nb\nc\nz")
    with pytest.raises(AssertionError, match="line 1"):
        compare(step, "a   0.979\nb\nc\nzz")
    with pytest.raises(AssertionError, match="line 1"):
        compare(step, "a   0.779\nb\nz")
