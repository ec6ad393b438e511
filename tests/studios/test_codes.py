"""The next code continues a place's numbers and is free in the county."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studios.codes import next_code

CODES = st.lists(st.from_regex(r"[A-Z]{0,2}-?[0-9]{0,4}", fullmatch=True), max_size=12)


@pytest.mark.parametrize(
    ("own", "taken", "code"),
    [
        ([], [], "D01-01"),
        ([], ["D01-01", "D01-02"], "D01-03"),
        (["S007", "S009"], ["S007", "S009"], "S010"),
        (["S099"], ["S099", "S100", "S101"], "S102"),
        (["D01-08", "旧楼"], ["D01-08", "旧楼"], "D01-09"),
        (["旧楼"], ["旧楼"], "D01-01"),
        (["S999"], ["S999"], "S1000"),
    ],
)
def test_next_code(own: list[str], taken: list[str], code: str) -> None:
    assert next_code(own=own, taken=taken, place="D01") == code


@given(own=CODES, others=CODES)
def test_it_is_always_free_and_numbered(own: list[str], others: list[str]) -> None:
    taken = {*own, *others}
    code = next_code(own=own, taken=taken, place="D01")
    assert code not in taken
    assert code[-1].isdigit()
