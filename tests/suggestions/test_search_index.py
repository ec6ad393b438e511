"""PostgreSQL answers a search by the index of pairs once a table is large enough."""

from random import Random

import pytest
from django.db import connection
from django.utils import timezone

from suggestions.models import Suggestion
from tests.cast import Cast

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]

ROWS = 4000


def _many(cast: Cast) -> None:
    """Cases of chance words; every 800th is about a 码头."""
    chance = Random(5)
    letters = [chr(0x4E00 + place) for place in range(900)]
    Suggestion.objects.bulk_create(
        Suggestion(
            county=cast.county, delegation=cast.town, representative=cast.representative, created_by=cast.liaison,
            created_at=timezone.now(), title="".join(chance.choices(letters, k=12)) + "码头" * (number % 800 == 0),
            content="".join(chance.choices(letters, k=60)),
        )
        for number in range(ROWS)
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE suggestions_suggestion")


@pytest.mark.parametrize("text", ["码头", "码头 代表甲", "码头码"])
def test_two_characters_are_found_by_the_index(cast: Cast, text: str) -> None:
    _many(cast)
    found = Suggestion.objects.matching(text, cast.county_office)
    assert found.count() == (0 if text == "码头码" else ROWS // 800)
    assert "suggestions_search" in found.explain()


def test_one_character_is_read_from_the_column(cast: Cast) -> None:
    _many(cast)
    found = Suggestion.objects.matching("码", cast.county_office)
    assert found.count() >= ROWS // 800
    assert "suggestions_search" not in found.explain()
