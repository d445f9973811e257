"""Chromium looks at pages as a person does: windows that keep what a page asked for and what it complained of."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import product
from pathlib import Path
from shutil import which

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Dialog, Page, expect, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
QUIET = ("gpu", "quic", "background-networking", "component-update", "sync")
"""What Chromium would do beside showing pages."""
SCHEMES, WIDTHS = ("light", "dark"), (390, 1280)
LOOK = "axe.run({preload: false}).then((found) => found.violations)"
"""Without preload axe fetches no style, which the policy of a page forbids it."""
DRAWN = "!document.querySelector('figure.chart') || document.querySelector('figure.chart:not([hidden]) svg')"


@contextmanager
def chromium() -> Iterator[Browser]:
    """The browser of this machine. While it is there, its event loop runs in this thread: asyncio has no other."""
    there = next(filter(None, map(which, NAMES)), None)
    if not there:
        pytest.skip(f"no browser ({', '.join(NAMES)}): apt-get install --no-install-recommends chromium")
    args = ["--no-sandbox", "--no-first-run", *(f"--disable-{name}" for name in QUIET)]
    with sync_playwright() as playwright:
        expect.set_options(timeout=20_000)
        browser = playwright.chromium.launch(executable_path=there, args=args)
        yield browser
        browser.close()


class Window:
    """A window on the pages of a folder."""

    def __init__(self, browser: Browser, root: Path, *, width: int = 1280, javascript: bool = True) -> None:
        self.root = root
        self.asked: list[str] = []
        self.complaints: list[str] = []
        """Everything on the console, what was thrown, requests that failed, dialogs; each with its page."""
        size = {"width": width, "height": 800}
        self.page = browser.new_page(viewport=size, java_script_enabled=javascript)
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("requestfailed", lambda request: self._complain(f"{request.url} {request.failure}"))
        self.page.on("console", lambda message: self._complain(f"{message.type} {message.text}"))
        self.page.on("pageerror", lambda error: self._complain(f"thrown {error}"))
        self.page.on("dialog", self._dismiss)

    def _complain(self, words: str) -> None:
        self.complaints.append(f"{self.page.url}: {words}")

    def _dismiss(self, dialog: Dialog) -> None:
        self._complain(f"dialog {dialog.message}")
        dialog.dismiss()

    def open(self, address: str) -> Page:
        """The page at the address."""
        self.page.goto((self.root / address).as_uri())
        return self.page

    def draw(self, address: str) -> Page:
        """The page with its chart drawn."""
        self.open(address).wait_for_function(DRAWN)
        return self.page

    @property
    def outside(self) -> list[str]:
        """What was asked for that is no file of the folder."""
        return [url for url in self.asked if not url.startswith(f"{self.root.as_uri()}/")]


def barriers(page: Page) -> list[str]:
    """What axe finds, light and dark, on a phone and on a desk: `dark 390: color-contrast (serious, …): <td>…`."""
    page.evaluate(Axe().axe_script)
    found = []
    for scheme, width in product(SCHEMES, WIDTHS):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        page.set_viewport_size({"width": width, "height": 800})
        for fault in page.evaluate(LOOK):
            says = f"{scheme} {width}: {fault['id']} ({fault['impact']}, {fault['help']})"
            found += [f"{says}: {node['html']}" for node in fault["nodes"]]
    return found
