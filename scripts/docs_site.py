"""What `mkdocs build` does besides: pages that live elsewhere in the repository, and links to it.

Documents are written to be read where they lie, so they link to files beside docs/. On the site
the README is the home page, some other READMEs are pages too, a file that is linked to is copied,
and a link to a folder, which a site can't show, becomes plain text.
"""

from __future__ import annotations

import os
import posixpath
import re
from pathlib import Path
from typing import Any

from mkdocs.structure.files import File

ROOT = Path(__file__).resolve().parents[1]
PAGES = {
    "README.md": "index.md",
    "CONTRIBUTING.md": "contributing.md",
    "extract/model/README.md": "model-card.md",
    "graph/names/README.md": "names.md",
}
_COPIES = "repository"
_LINK = re.compile(r"(!?)\[([^\]]*)\]\(([^)\s#]+)(#[^)\s]*)?\)")
_HOMES = {page: source for source, page in PAGES.items()}


def on_files(files: Any, config: Any) -> Any:
    """Add the pages that lie outside docs/."""
    for source, page in PAGES.items():
        files.append(File.generated(config, page, abs_src_path=str(ROOT / source)))
    return files


def on_page_markdown(markdown: str, page: Any, config: Any, files: Any) -> str:
    """Point the links of a page at what the site has of their target."""
    here = page.file.src_uri
    home = posixpath.dirname(_HOMES.get(here, f"docs/{here}"))

    def point(match: re.Match[str]) -> str:
        sign, text, target, part = match.groups(default="")
        path = posixpath.normpath(posixpath.join(home, target))
        if "://" in target or not (ROOT / path).exists():
            return match.group()  # elsewhere, or wrong: then the strict build says so
        place = _place(path, files, config)
        if place is None:
            return text
        return f"{sign}[{text}]({os.path.relpath(place, posixpath.dirname(here) or '.')}{part})"

    return _LINK.sub(point, markdown)


def _place(path: str, files: Any, config: Any) -> str | None:
    """Where the site has a path of the repository; None for a folder that is no page."""
    if (ROOT / path).is_dir():
        return PAGES.get(f"{path}/README.md")
    if path in PAGES:
        return PAGES[path]
    if path.startswith("docs/"):
        return path.removeprefix("docs/")
    copy = f"{_COPIES}/{path}"
    if files.get_file_from_path(copy) is None:
        files.append(File.generated(config, copy, abs_src_path=str(ROOT / path)))
    return copy
