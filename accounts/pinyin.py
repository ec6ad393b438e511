"""Finding Chinese names by 汉字, 全拼 or initials: one stored key per row, one way to ask for it."""

from typing import Any

from django.db import models
from django.db.models import Q
from pypinyin import lazy_pinyin

NOT_HAN = "\0"


def search_key(text: str) -> str:
    """`text`, its full pinyin and its initials, in small letters: 曲塘镇 qutangzhen qtz."""
    parts = lazy_pinyin(text, errors=_as_it_is)  # type: ignore[arg-type]  # a list is allowed, and no second pass follows
    spelled = "".join(part.removeprefix(NOT_HAN) for part in parts)
    initials = "".join(part[1:] if part.startswith(NOT_HAN) else part[:1] for part in parts)
    return f"{text} {spelled} {initials}".lower()


def _as_it_is(text: str) -> list[str]:
    """Letters and figures between 汉字 are their own spelling and their own initials: marked, so that one pass does."""
    return [f"{NOT_HAN}{text}"]


def spelled_like(text: str, *, name: str = "search_key") -> Q:
    """Rows whose key column `name` holds every word of `text` (汉字, 全拼 or initials, any case)."""
    found = Q()
    for word in text.lower().split():
        found &= Q(**{f"{name}__contains": word})
    return found


class SearchKeyField(models.CharField):  # type: ignore[type-arg]  # not subscriptable at run time
    """The search key of the named text columns, renewed by whatever writes the row.

    A write with `update_fields` must name this column beside the text; before `bulk_update`, which asks no field,
    the caller sets it by `search_key`.
    """

    def __init__(self, *of: str, **kwargs: Any) -> None:
        self.of = of
        defaults: dict[str, Any] = {"max_length": 400, "default": "", "blank": True, "editable": False}
        super().__init__(**defaults | kwargs)

    def deconstruct(self) -> Any:
        name, path, _args, kwargs = super().deconstruct()
        return name, path, self.of, kwargs

    def pre_save(self, model_instance: models.Model, add: bool) -> str:  # noqa: FBT001 - Django's signature
        key = search_key(" ".join(getattr(model_instance, name) for name in self.of))[: self.max_length]
        setattr(model_instance, self.attname, key)
        return key
