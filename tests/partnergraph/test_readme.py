"""What the README names is there; that its commands run is tested in tests/docs."""

from __future__ import annotations

import re
from pathlib import Path

from extract.ontology import ontology

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_links_of_the_readme_lead_somewhere() -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", README):
        assert (ROOT / target).exists(), target


def test_the_targets_of_make_are_there() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    guide = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    for target in re.findall(r"make ([a-z0-9]+)\b", README + guide):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


def test_the_graph_model_names_every_label() -> None:
    model = (ROOT / "docs/graph-model.md").read_text(encoding="utf-8")
    for kind in ontology().kinds.values():
        assert kind.label in model
