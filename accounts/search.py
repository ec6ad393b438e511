"""Finding rows by words: one stored text per row, one lookup, the same answer on every database.

What is stored and what is asked for go through one function, so that capitals, full-width forms and line ends
never matter. PostgreSQL finds two characters and more by an index of the pairs they are made of (`bigrams`);
other databases read the column from end to end.
"""

import unicodedata
from collections.abc import Callable, Iterator
from typing import Any

from django.db import models
from django.db.models import Lookup, Q

FIRST_HAN, LAST_HAN = "\u4e00", "\u9fff"
SHORTEST_NAME = 2

# Pairs of characters as numbers: exact, and three times as fast to index as texts. Both lists of `unnest` are read
# once, so that a long text costs no more per character than a short one.
BIGRAMS = """
CREATE OR REPLACE FUNCTION bigrams(text) RETURNS bigint[]
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE COST 500 AS $$
DECLARE
  letters text[] := string_to_array($1, NULL);
BEGIN
  RETURN (
    SELECT coalesce(array_agg(ascii(one)::bigint << 21 | ascii(next)), '{}')
    FROM unnest(letters, letters[2:]) AS pair(one, next)
    WHERE next IS NOT NULL
  );
END $$
"""
"""For the migrations of those who build an index; the first one creates it, and none drops it."""


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


def holding(text: str, named: Callable[[str], Q]) -> Q:
    """Rows in which every word of `text` is found: in the search text, or as `named` finds it.

    `named` is asked for words that can be part of a name: two 汉字 or more.
    """
    found = Q()
    for word in search_text(text).split():
        condition = Q(search_text__holds=word)
        found &= condition | named(word) if _is_namelike(word) else condition
    return found


def outdated(rows: models.QuerySet[Any], *of: str) -> Iterator[int]:
    """Keys of the rows whose search text is not that of the columns `of`: a writer forgot it."""
    for pk, stored, *texts in rows.values_list("pk", "search_text", *of).iterator(chunk_size=5000):
        if stored != search_text(" ".join(texts)):
            yield pk


def among(**found: models.QuerySet[Any]) -> Q:
    """Rows that point to one of those found, by field; read first, because they are few and so the index of the
    words stays in use."""
    ids = {f"{name}__in": list(rows.values_list("pk", flat=True)) for name, rows in found.items()}
    return Q(*(item for item in ids.items() if item[1]), _connector=Q.OR)


def _is_namelike(word: str) -> bool:
    return len(word) >= SHORTEST_NAME and all(FIRST_HAN <= letter <= LAST_HAN for letter in word)
