"""Finding cases by words: one stored column per case, one lookup, the same answer on every database.

What is stored and what is asked for go through one function, so that capitals, full-width forms and line ends
never matter. PostgreSQL finds two characters and more by an index of the pairs they are made of (`bigrams`);
other databases read the column from end to end.
"""

import unicodedata
from typing import Any

from django.db import models
from django.db.models import Lookup, Q

from accounts.models import Organization, User
from accounts.pinyin import spelled_like
from representatives.models import Representative

FIRST_HAN, LAST_HAN = "\u4e00", "\u9fff"
SHORTEST_NAME = 2


def search_text(text: str) -> str:
    """`text` as it is stored and asked for: half-width, small letters, one space between words, no NUL."""
    return " ".join(unicodedata.normalize("NFKC", text).replace("\0", "").casefold().split())


class SearchTextField(models.TextField):  # type: ignore[type-arg]  # not subscriptable at run time
    """The search text of the named columns, renewed by whatever writes the row.

    A write with `update_fields` must name this column beside the text; `check_integrity` finds a forgotten one.
    """

    def __init__(self, *of: str, **kwargs: Any) -> None:
        self.of = of
        defaults: dict[str, Any] = {"default": "", "blank": True, "editable": False}
        super().__init__(**defaults | kwargs)

    def deconstruct(self) -> Any:
        name, path, _args, kwargs = super().deconstruct()
        return name, path, self.of, kwargs

    def pre_save(self, model_instance: models.Model, add: bool) -> str:  # noqa: FBT001 - Django's signature
        text = search_text(" ".join(getattr(model_instance, name) for name in self.of))
        setattr(model_instance, self.attname, text)
        return text


@SearchTextField.register_lookup
class Holds(Lookup):
    """`search_text__holds=word`: the word, taken literally, stands somewhere in the text."""

    lookup_name = "holds"

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        column, params = self.process_lhs(compiler, connection)
        pattern = f"%{connection.ops.prep_for_like_query(self.rhs)}%"
        return rf"{column} LIKE %s ESCAPE '\'", [*params, pattern]

    def as_postgresql(self, compiler: Any, connection: Any) -> Any:
        """With the condition its index answers; one character makes no pair."""
        like, params = self.as_sql(compiler, connection)
        if len(self.rhs) < 2:
            return like, params
        column, column_params = self.process_lhs(compiler, connection)
        return f"({like} AND bigrams({column}) @> bigrams(%s))", [*params, *column_params, self.rhs]


def holding(text: str, user: User) -> Q:
    """Cases in which every word of `text` is found: in number, title or content, or in a name `user` may see.

    Names are those of representatives and handling units of the user's counties, by two characters or more.
    They are few and read first: their ids keep the index of the words in use.
    """
    found = Q()
    for word in search_text(text).split():
        found &= Q(search_text__holds=word) | _named(word, user)
    return found


def _named(word: str, user: User) -> Q:
    if len(word) < SHORTEST_NAME or not all(FIRST_HAN <= letter <= LAST_HAN for letter in word):
        return Q()
    people = Representative.objects.visible_to(user).filter(spelled_like(word))
    units = Organization.objects.units().filter(spelled_like(word), county_id__in=user.scope.county_ids)
    found = {
        "representative__in": list(people.values_list("pk", flat=True)),
        "unit__in": list(units.values_list("pk", flat=True)),
    }
    return Q(*(item for item in found.items() if item[1]), _connector=Q.OR)
