"""Take a picture of a page: ``python scripts/screenshot.py PAGE.html OUT.png --size 1440x900``.

``--click NAME`` opens a node first, as a reader would: by the search box. Nothing is fetched;
what the page's console says goes to standard error, and ends the script with status 1.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from pathlib import Path

from playwright.sync_api import ConsoleMessage, Page, sync_playwright

CHROMIUM_ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
]


def find_chromium() -> str:
    """The browser: PARTNERGRAPH_CHROMIUM, else the first one on the path; "" for none."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    found = os.environ.get("PARTNERGRAPH_CHROMIUM") or next(
        filter(None, map(shutil.which, names)), ""
    )
    return found or ""


def main() -> int:
    """Parse, draw, save; 0 where the console stayed silent."""
    options = read_options()
    chromium = find_chromium()
    if not chromium:
        print(
            "no Chromium here: run `make chromium`, or set PARTNERGRAPH_CHROMIUM", file=sys.stderr
        )
        return 2
    said: list[str] = []
    width, height = (int(part) for part in options.size.split("x"))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_ARGS)
        page = browser.new_page(
            viewport={"width": width, "height": height},
            color_scheme="dark" if options.dark else "light",
            device_scale_factor=options.scale,
            reduced_motion="reduce",
        )
        page.on("console", lambda message: said.append(_word(message)))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto(options.page.resolve().as_uri())
        page.wait_for_selector("body[data-ready=yes]")
        act(page, options)
        page.wait_for_timeout(250)
        page.screenshot(path=str(options.out))
        ready = page.evaluate("window.partnergraphReady")
        browser.close()
    print(f"{options.out}: ready after {ready:.0f} ms" if ready else f"{options.out}")
    for line in said:
        print(line, file=sys.stderr)
    return 1 if said else 0


def act(page: Page, options: argparse.Namespace) -> None:
    """Do what the options ask for before the picture is taken."""
    if options.click:
        page.fill("#query", options.click)
        page.press("#query", "Enter")
    for selector in options.press:
        page.click(selector)


def read_options() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("page", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--size", default="1440x900", help="of the window, in CSS pixels")
    parser.add_argument("--scale", type=float, default=1, help="device pixels to a CSS pixel")
    parser.add_argument("--dark", action="store_true")
    parser.add_argument("--click", metavar="NAME", default="", help="open this node")
    parser.add_argument(
        "--press", metavar="SELECTOR", action="append", default=[], help="click this"
    )
    return parser.parse_args()


def _word(message: ConsoleMessage) -> str:
    return f"{message.type}: {message.text}"


if __name__ == "__main__":
    sys.exit(main())
