"""The site is whole and needs nothing from elsewhere: every link leads to a place that is there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
import yaml

import partnergraph

ROOT = Path(__file__).parents[2]
LOADED = {  # what a browser fetches by itself
    "script": ("src",),
    "link": ("href",),
    "img": ("src", "srcset"),
    "iframe": ("src",),
    "source": ("src", "srcset"),
    "video": ("src", "poster"),
    "audio": ("src",),
    "object": ("data",),
    "embed": ("src",),
    "use": ("href", "xlink:href"),
}


class Page(HTMLParser):
    """Links, anchors and resources of one page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.anchors: set[str] = set()
        self.loaded: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = {name: value or "" for name, value in attrs}
        self.anchors |= {known["id"]} if "id" in known else set()
        self.anchors |= {known["name"]} if tag == "a" and "name" in known else set()
        if tag == "a" and "href" in known:
            self.links.append(known["href"])
        self.loaded += [known[name] for name in LOADED.get(tag, ()) if name in known]
        self.loaded += re.findall(r"url\(([^)]*)\)", known.get("style", ""))


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[Path, Page]:
    return {path: Page(path.read_text(encoding="utf-8")) for path in sorted(site.rglob("*.html"))}


def nav_pages(nav: Any) -> Iterator[str]:
    """The pages that a part of mkdocs.yml's nav names."""
    for entry in nav:
        for value in entry.values():
            yield from nav_pages(value) if isinstance(value, list) else [value]


def test_every_page_of_the_navigation_is_there(site: Path) -> None:
    nav = yaml.safe_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))["nav"]
    named = list(nav_pages(nav))
    assert len(named) == len(set(named)) > 20
    for page in named:
        assert (site / page).with_suffix(".html").stat().st_size > 2000, page


def test_every_document_is_in_the_navigation() -> None:
    nav = yaml.safe_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))["nav"]
    written = {path.relative_to(ROOT / "docs").as_posix() for path in (ROOT / "docs").rglob("*.md")}
    assert written <= set(nav_pages(nav))


def test_every_link_and_anchor_leads_somewhere(site: Path, pages: dict[Path, Page]) -> None:
    checked = 0
    for path, page in pages.items():
        if path.name == "404.html":  # served from any address, so its links begin at the root
            continue
        for link in [*page.links, *page.loaded]:
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            assert target.is_relative_to(site), (path.name, link)
            assert target.is_file(), (path.name, link)
            if parts.fragment and target.suffix == ".html":
                assert unquote(parts.fragment) in pages[target].anchors, (path.name, link)
            checked += 1
    assert checked > 1000


def test_no_page_loads_anything_from_elsewhere(site: Path, pages: dict[Path, Page]) -> None:
    for path, page in pages.items():
        for address in page.loaded:
            parts = urlsplit(address.strip("'\" "))
            assert parts.scheme in ("", "data"), (path.name, address)
            assert not parts.netloc, (path.name, address)
    for path in site.rglob("*.css"):
        text = path.read_text(encoding="utf-8")
        found = re.findall(r"(?:url\(|@import)\s*['\"]?((?:https?:)?//[^)'\"]+)", text)
        assert not found, (path.name, found)


def test_every_public_name_is_in_the_reference(site: Path, pages: dict[Path, Page]) -> None:
    anchors = pages[site / "python.html"].anchors
    assert {f"partnergraph.{name}" for name in partnergraph.__all__} <= anchors
    text = (site / "python.html").read_text(encoding="utf-8")
    assert "One article or report." in text  # the docstring of Document
    assert "min_confidence" in text  # a parameter of read


def test_the_home_page_is_the_readme(site: Path) -> None:
    text = (site / "index.html").read_text(encoding="utf-8")
    assert "pictures/demo.png" in text
    assert 'href="tutorial.html"' in text
    assert "docs/page.md" not in text
