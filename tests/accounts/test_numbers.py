"""What an address names is a number or nothing; it never breaks a page."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.numbers import number_in


@pytest.mark.parametrize(
    "text", ["", " ", "-1", "+1", "1.0", "1 ", "0x1", "1_000", "٣", "²", "一", "9" * 19, "9" * 5000]
)
def test_anything_else_is_nothing(text: str) -> None:
    assert number_in(text) is None


@given(st.integers(0, 10**18 - 1))
def test_a_number_is_what_it_says(number: int) -> None:
    assert number_in(str(number)) == number


@given(st.text())
def test_no_text_raises(text: str) -> None:
    assert number_in(text) is None or int(text) == number_in(text)
