"""Renew the documents' pictures from the demo: the page after a click, on a phone, the map."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PICTURES = ROOT / "docs" / "pictures"
SHOTS = {
    "demo.png": ["--size", "1440x900", "--click", "Nordhavn Batteries"],
    "demo-phone.png": ["--size", "390x844"],
    "map.png": ["--size", "1440x900", "--press", "#toggle-map"],
}


def main() -> None:
    """Run the demo in a scratch folder and photograph its page."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    program = Path(sys.executable).with_name("partnergraph")
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "demo.html"
        demo = [program, "demo", "--db", Path(folder) / "graph", "-o", page]
        subprocess.run(demo, check=True, stdout=subprocess.DEVNULL)
        for name, options in SHOTS.items():
            script = ROOT / "scripts" / "screenshot.py"
            subprocess.run([sys.executable, script, page, PICTURES / name, *options], check=True)


if __name__ == "__main__":
    main()
