"""Names are found by 汉字, 全拼 and initials, in any case."""

import pytest

from accounts.models import Organization
from accounts.pinyin import search_key, spelled_like
from tests.cast import Cast


def test_a_key_holds_the_three_spellings() -> None:
    assert search_key("曲塘镇") == "曲塘镇 qutangzhen qtz"


@pytest.mark.parametrize("text", ["曲塘", "qutang", "QuTang", "qtz", "qt 建设"])
def test_each_spelling_finds_the_row(cast: Cast, text: str) -> None:
    found = Organization.objects.filter(spelled_like(text))
    assert cast.town_unit in found
    assert cast.other_town not in found


def test_a_renamed_row_is_spelled_anew(cast: Cast) -> None:
    cast.town.name = cast.town.short_name = "大公镇"
    cast.town.save()
    assert Organization.objects.filter(spelled_like("dgz")).get() == cast.town
