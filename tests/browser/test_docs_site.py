"""The documentation opens from disk with the network cut off, and its search works there."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.browser


def test_the_site_opens_from_disk_and_finds(browser: Any, site: Path) -> None:
    page = browser.new_page()
    asked: list[str] = []
    faults: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto((site / "how-to" / "export.html").as_uri())
    field = page.locator("input[name=query]")
    field.click()
    field.press_sequentially("judgement undo")
    found = page.locator(".md-search-result__item a").first
    found.wait_for()
    page.goto(str(found.evaluate("link => link.href")))
    assert "judgement" in page.inner_text("article").lower()
    page.close()
    assert asked
    assert not [url for url in asked if not url.startswith("file://")]
    assert not faults
