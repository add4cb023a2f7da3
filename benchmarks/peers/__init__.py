"""The same graph drawn by other tools, each as one HTML file that opens offline.

Every page tells ``window.peerReady``, the milliseconds from navigation to the first frame with
the graph in it. The tools are fetched by ``make peers`` and are no part of this repository.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from benchmarks.process import ROOT, surroundings

Names = Sequence[str]
Ties = Sequence[tuple[int, int]]
Places = Sequence[tuple[float, float]]

_HERE = Path(__file__).parent
_SCRIPTS = {
    "sigma": ("graphology/dist/graphology.umd.min.js", "sigma/dist/sigma.min.js"),
    "cytoscape": ("cytoscape/dist/cytoscape.min.js",),
}
_NEO4J_VIZ = "neo4j-viz"
_SLOT = re.compile(r"/\*= (\w+) =\*/")
_ESCAPES = str.maketrans({"<": r"\u003c", ">": r"\u003e", "&": r"\u0026"})


@dataclass(frozen=True, slots=True)
class Peer:
    """A tool and how it writes a graph's page: names, ties, places in pixels or so, the file."""

    name: str
    write: Callable[[Names, Ties, Places, Path], None]


def find_peers(home: Path) -> Iterator[Peer]:
    """The tools whose packages are under ``home``, where ``make peers`` puts them."""
    for name, scripts in _find_scripts(home).items():
        if all(script.is_file() for script in scripts):
            yield Peer(name, partial(_write_script_page, name, scripts))
    if _python_home(home):
        yield Peer(_NEO4J_VIZ, partial(_write_neo4j_viz, home))


def say_missing(home: Path) -> str:
    """Which tools are not under ``home`` and how to get them; nothing where all are there."""
    found = {peer.name for peer in find_peers(home)}
    missing = [name for name in (*_SCRIPTS, _NEO4J_VIZ) if name not in found]
    if not missing:
        return ""
    return f"{', '.join(missing)} not found in {home}: `make peers` fetches what is missing"


def _find_scripts(home: Path) -> dict[str, list[Path]]:
    modules = home / "node_modules"
    return {name: [modules / path for path in paths] for name, paths in _SCRIPTS.items()}


def _python_home(home: Path) -> Path | None:
    folder = home / "python"
    return folder if (folder / "neo4j_viz").is_dir() else None


def _write_script_page(
    name: str, scripts: Sequence[Path], names: Names, ties: Ties, places: Places, path: Path
) -> None:
    """A template of this folder with the tool's scripts and the data put into its slots."""
    texts = [script.read_text(encoding="utf-8") for script in scripts]
    contents = {
        "script": "\n".join(texts).replace("</script", r"<\/script"),
        "data": _to_json(names, ties, places).translate(_ESCAPES),
    }
    template = (_HERE / f"{name}.html").read_text(encoding="utf-8")
    page = _SLOT.sub(lambda slot: contents[slot[1]], template)
    path.write_text(page, encoding="utf-8")


def _write_neo4j_viz(home: Path, names: Names, ties: Ties, places: Places, path: Path) -> None:
    """What neo4j-viz renders, in a Python of its own: it brings other versions of our packages."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.peers.neo4j_viz_page"],
        input=_to_json(names, ties, places),
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        cwd=ROOT,
        env=surroundings(1, PYTHONPATH=str((home / "python").resolve()), PYTHONUTF8="1"),
        check=True,
    )
    clock = (_HERE / "neo4j_viz.js").read_text(encoding="utf-8")
    page = done.stdout.replace("<head>", f"<head>\n<script>\n{clock}</script>", 1)
    path.write_text(page, encoding="utf-8")


def _to_json(names: Names, ties: Ties, places: Places) -> str:
    data = {"names": list(names), "ties": list(ties), "places": list(places)}
    return json.dumps(data, separators=(",", ":"))
