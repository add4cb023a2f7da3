"""The built site, and a desk with what the documents' commands name."""

from __future__ import annotations

import contextlib
import io
import json
import os
import shutil
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

import graph.store
from partnergraph.cli import main
from partnergraph.demo import demo_sources

ROOT = Path(__file__).parents[2]
_SETTINGS = ("PARTNERGRAPH_", "NEO4J_")

ARTICLES = {
    "withdrawn.txt": """Volkswagen and Scania form alliance

3 June 2025

Volkswagen and Scania have formed a technology partnership in Wolfsburg. Volkswagen AG bought a
stake of 12 percent in Northcell for EUR 300 million.
""",
    "trucks.txt": """Traton hires

4 June 2025

Traton has opened an office in Munich. Volkswagen Trucks has a plant in Hanover. Traton and Scania
have formed a joint venture in Rugao.
""",
    "hefei.txt": """Volkswagen Anhui hires engineers

6 June 2025

Volkswagen Anhui will supply Scania with batteries.
""",
    "anhui.txt": """Volkswagen Anhui is renamed

5 June 2025

Volkswagen Anhui Automotive has opened a research centre in Hefei. The company is said to be in
talks to buy Northcell. Scania denied that it had bought Northcell.
""",
}


@dataclass(frozen=True)
class Result:
    """What a command gave back: its status, and all that it printed, talk first."""

    status: int
    out: str
    err: str


def run_command(*arguments: str) -> Result:
    """Call the command line in this process."""
    out, err = _Stream(), _Stream()
    before = sys.argv
    sys.argv = ["partnergraph", *arguments]
    status = 0
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            main()
    except SystemExit as stop:
        status = int(stop.code or 0)
    finally:
        sys.argv = before
    return Result(status, out.text(), err.text())


class _Stream(io.TextIOWrapper):
    """Standard output that is no terminal: the command line sets its encoding, and writes bytes."""

    def __init__(self) -> None:
        super().__init__(io.BytesIO(), encoding="utf-8", newline="\n")

    def text(self) -> str:
        self.flush()
        held: Any = self.buffer
        return str(held.getvalue().decode("utf-8"))


@contextlib.contextmanager
def engines_kept_open() -> Iterator[None]:
    """Commands open a folder that one of them has opened without starting its engine anew."""
    start = graph.store._start
    opened: dict[Path, tuple[Any, Callable[[], None]]] = {}

    def keep(uri: str | Path, *given: Any) -> tuple[Any, str]:
        folder = Path(uri).absolute()
        if folder in opened:
            return opened[folder][0], str(folder)
        engine, address = start(uri, *given)
        if engine.name == "embedded":
            opened[folder] = engine, engine.close
            engine.close = lambda: None
        return engine, address

    graph.store._start = keep
    try:
        yield
    finally:
        graph.store._start = start
        for _, close in opened.values():
            close()


@pytest.fixture(scope="session", name="run_command")
def command_runner() -> Callable[..., Result]:
    """``run_command("query", "partners-of", …)`` → status, standard output, standard error."""
    return run_command


@pytest.fixture(scope="session")
def laid_out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with articles, files and graphs of the names that the documents use."""
    folder = tmp_path_factory.mktemp("laid-out")
    (folder / "articles").mkdir()
    for name, text in ARTICLES.items():
        (folder / "articles" / name).write_text(text, encoding="utf-8")
    (folder / "article.txt").write_text(ARTICLES["withdrawn.txt"], encoding="utf-8")
    report = next(path for path in demo_sources() if path.suffix == ".pdf")
    shutil.copy(report, folder / "report.pdf")
    mention = {"start": 0, "end": 10, "text": "Volkswagen", "kind": "name"}
    entity = {"id": "e0", "type": "ORG", "name": "Volkswagen", "mentions": [mention]}
    gold = {"text": ARTICLES["withdrawn.txt"], "entities": [entity], "relations": []}
    gold |= {"id": "g1", "doc_id": "g1", "completeness": "exhaustive"}
    (folder / "gold.jsonl").write_text(json.dumps(gold) + "\n", encoding="utf-8")
    with contextlib.chdir(folder), engines_kept_open():
        for command in (
            "build articles/",
            "extract articles/ -o readings.jsonl",
            "export network.graphml",
            "judgements export -o judgements.jsonl",
            "demo --db partnergraph-demo.db -o partnergraph-demo.html",
        ):
            result = run_command(*command.split())
            assert result.status == 0, (command, result.err)
        measured = run_command("evaluate", "gold.jsonl", "--json")
    (folder / "before.json").write_text(measured.out, encoding="utf-8")
    return folder


@pytest.fixture
def alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Path]:
    """An empty folder to work in, without settings; no browser is opened."""
    for name in list(os.environ):
        if name.startswith(_SETTINGS):
            monkeypatch.delenv(name)
    monkeypatch.setattr("webbrowser.open", lambda _: True)
    monkeypatch.setattr("sys.stdin", io.StringIO())
    monkeypatch.chdir(tmp_path)
    with engines_kept_open():
        yield tmp_path
    capsys.readouterr()
    monkeypatch.undo()
    shutil.rmtree(tmp_path)


@pytest.fixture
def desk(alone: Path, laid_out: Path) -> Path:
    """A copy of what is laid out, to work in."""
    shutil.copytree(laid_out, alone, dirs_exist_ok=True)
    return alone


class _Model(BaseHTTPRequestHandler):
    """A language model that finds one tie in whatever it is sent."""

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        documents = json.loads(asked["messages"][1]["content"])["documents"]
        said = json.dumps({"documents": [self._read(document) for document in documents]})
        choice = {"message": {"content": said}, "finish_reason": "stop"}
        usage = {"prompt_tokens": 1000, "completion_tokens": 100}
        body = json.dumps({"choices": [choice], "usage": usage}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _read(self, document: dict[str, Any]) -> dict[str, Any]:
        known = [name for name in ("Volkswagen", "Scania") if name in str(document["paragraphs"])]
        entities = [
            {"id": f"e{i}", "type": "ORG", "subtype": "firm", "forms": [name]}
            for i, name in enumerate(known)
        ]
        quote = "Volkswagen and Scania have formed a technology partnership"
        tie = {"type": "PARTNERS_WITH", "head": "e0", "tail": "e1", "status": "in_effect"}
        ties = [tie | {"attrs": {}, "evidence": [quote]}] if len(known) == 2 else []
        return {"document": document["document"], "entities": entities, "ties": ties}

    def log_message(self, *_: Any) -> None: ...


@pytest.fixture(scope="session")
def language_model() -> Iterator[str]:
    """The address of an endpoint for `--reader llm`."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Model)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/v1"
    server.shutdown()
    thread.join()
    server.server_close()
