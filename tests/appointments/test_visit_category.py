"""The category guessed from words, here and by the page: most words win, then the earliest."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appointments.category_words import WORDS, guess_category
from appointments.enums import Category
from appointments.phrases import DEFAULTS


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("村口路灯不亮，路面坑洼", Category.ROADS),
        ("咨询医保报销", Category.HEALTH),
        ("老板拖欠工资，找工作难", Category.EMPLOYMENT),
        ("垃圾没人清，医院也远", Category.ENVIRONMENT),
        ("想问一件事", None),
        ("", None),
    ],
)
def test_guess(text: str, category: Category | None) -> None:
    assert guess_category(text) == category


@given(st.sampled_from(sorted(WORDS)), st.data())
def test_a_word_alone_is_recognised(category: Category, data: st.DataObject) -> None:
    word = data.draw(st.sampled_from(WORDS[category]))
    guessed = guess_category(word)
    assert guessed is not None
    assert any(own in word for own in WORDS[guessed])


def test_every_category_offers_phrases_of_its_length() -> None:
    assert set(DEFAULTS) == set(Category)
    assert all(0 < len(text) <= 40 for matter, answer in DEFAULTS.values() for text in (*matter, *answer))
