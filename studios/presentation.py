"""How a studio looks in a list and on its page. Pure: rows are passed in."""

from collections.abc import Iterable
from dataclasses import dataclass

from studios.enums import StudioKind, StudioStatus
from studios.models import Studio
from studios.standards import Reason, reasons_of

TONES: dict[str, str] = {
    StudioStatus.PREPARING: "draft",
    StudioStatus.ACTIVE: "done",
    StudioStatus.CLOSED: "plain",
}


@dataclass(frozen=True)
class ShownStudio:
    """A studio with its kind in short, the tone of its status, and the reasons why its space is 不达标."""

    studio: Studio
    kind: str
    tone: str
    reasons: list[Reason]


def show(studio: Studio) -> ShownStudio:
    """One row of `with_shortfalls` as it is shown."""
    return ShownStudio(studio, StudioKind(studio.kind).short, TONES[studio.status], reasons_of(studio))


def show_all(studios: Iterable[Studio]) -> list[ShownStudio]:
    """A page of rows as they are shown."""
    return [show(studio) for studio in studios]
