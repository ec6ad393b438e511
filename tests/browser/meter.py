"""Counts what a person does, and how long the system lets them wait (pages.md §2)."""

import json
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page

SLOW_4G = {"offline": False, "latency": 150, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 750e3 / 8}
SLOW_CPU = 4


@dataclass
class Meter:
    """Wraps a page; `clicks`, `fields` and `keys` grow with every act, `waits` with every answer (seconds)."""

    page: Page
    clicks: int = 0
    fields: int = 0
    keys: int = 0
    waits: float = 0.0

    def tap(self, words: str, role: str = "button") -> None:
        """Press the one control with these words, by the role it has for everybody, and wait for what follows."""
        control = self.page.get_by_role(role, name=words, exact=False).first  # type: ignore[arg-type]
        with self._waiting():
            control.click()
            self.page.wait_for_load_state()
        self.clicks += 1

    def key(self, keys: str) -> None:
        """Press a key or a chord where the focus is."""
        with self._waiting():
            self.page.keyboard.press(keys)
            self.page.wait_for_load_state()
        self.keys += 1

    def fill(self, label: str, text: str) -> None:
        """Type into the field of that label."""
        self.page.get_by_label(label, exact=False).and_(self.page.locator("input, textarea")).fill(text)
        self.fields += 1
        self.keys += len(text)

    def choose(self, label: str) -> None:
        """Tick the choice of that label."""
        self.page.get_by_label(label, exact=True).check()
        self.fields += 1

    def select(self, label: str, option: str) -> None:
        """Pick from the list of that label."""
        self.page.get_by_label(label).select_option(label=option)
        self.fields += 1

    def slow_down(self) -> None:
        """From now on a slow 4G network and a CPU four times slower, as Chromium's tools make them."""
        tools = self.page.context.new_cdp_session(self.page)
        tools.send("Network.enable")
        tools.send("Network.emulateNetworkConditions", SLOW_4G)
        tools.send("Emulation.setCPUThrottlingRate", {"rate": SLOW_CPU})

    def report(self, journey: str) -> None:
        """Add this journey to ux-report.json in the state folder, below the earlier ones, and print it."""
        row = {
            "journey": journey,
            "at": time.strftime("%Y-%m-%dT%H:%M:%S"),
            "clicks": self.clicks,
            "fields": self.fields,
            "keys": self.keys,
            "system_wait_total": round(self.waits, 2),
        }
        path = Path(os.environ["VAR_DIR"]) / "ux-report.json"
        rows = json.loads(path.read_text(encoding="utf8")) if path.exists() else []
        path.write_text(json.dumps([*rows, row], ensure_ascii=False, indent=1), encoding="utf8")
        sys.stdout.write(f"{row}\n")

    @contextmanager
    def _waiting(self) -> Iterator[None]:
        started = time.perf_counter()
        yield
        self.waits += time.perf_counter() - started
