"""Whose rows files belong to. The app of the row says who may see them; an unknown subject is seen by nobody."""

from collections.abc import Callable

from accounts.models import User
from accounts.numbers import number_in

Gate = Callable[[User, int], bool]
_gates: dict[str, Gate] = {}


def register(name: str, gate: Gate) -> None:
    """Let files of subjects `name:<pk>` be seen where `gate(user, pk)` holds; called in an app's `gates` module."""
    _gates[name] = gate


def is_visible(user: User, subject: str) -> bool:
    """Whether `user` may see files of `subject`, e.g. "studio:12"."""
    name, _separator, key = subject.partition(":")
    gate, pk = _gates.get(name), number_in(key)
    return gate is not None and pk is not None and gate(user, pk)
