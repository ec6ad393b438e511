"""Counts what a person does: clicks and fields (pages.md §2)."""

from dataclasses import dataclass

from playwright.sync_api import Page


@dataclass
class Meter:
    """Wraps a page; `clicks` and `fields` grow with every act."""

    page: Page
    clicks: int = 0
    fields: int = 0

    def tap(self, words: str, role: str = "button") -> None:
        """Press the one control with these words, by the role it has for everybody."""
        self.page.get_by_role(role, name=words, exact=False).first.click()  # type: ignore[arg-type]
        self.page.wait_for_load_state()
        self.clicks += 1

    def fill(self, label: str, text: str) -> None:
        """Type into the field of that label."""
        self.page.get_by_label(label).fill(text)
        self.fields += 1

    def choose(self, label: str) -> None:
        """Tick the choice of that label."""
        self.page.get_by_label(label, exact=True).check()
        self.fields += 1

    def select(self, label: str, option: str) -> None:
        """Pick from the list of that label."""
        self.page.get_by_label(label).select_option(label=option)
        self.fields += 1
