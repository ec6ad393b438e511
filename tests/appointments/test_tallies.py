"""Counting answers, in any world: single choices add up, shares are rounded half up, nobody is no percent."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from appointments.enums import QuestionKind
from appointments.tallies import Given, tally

LABELS = ("好走", "一般", "不好走")
SINGLE = st.lists(st.one_of(st.just(Given()), st.integers(0, 2).map(lambda place: Given((place,)))))
MULTIPLE = st.lists(st.lists(st.integers(0, 2)).map(lambda places: Given(tuple(places))))


@given(SINGLE)
def test_single_choices_add_up_to_those_who_answered(answers: list[Given]) -> None:
    row = tally("", QuestionKind.SINGLE, LABELS, answers)
    assert sum(choice.count for choice in row.choices) == row.n == sum(1 for answer in answers if answer.chosen)


@given(MULTIPLE)
def test_multiple_choices_count_respondents(answers: list[Given]) -> None:
    row = tally("", QuestionKind.MULTIPLE, LABELS, answers)
    assert row.n == sum(1 for answer in answers if answer.chosen)
    for place, choice in enumerate(row.choices):
        assert choice.count == sum(1 for answer in answers if place in answer.chosen)
        assert choice.count <= row.n
        assert (choice.share is None) == (row.n == 0)
        if choice.share is not None:
            assert abs(choice.share - Decimal(choice.count) * 100 / row.n) <= Decimal("0.005")
    assert sum(choice.count for choice in row.choices) >= row.n


@given(MULTIPLE, st.randoms())
def test_the_order_of_the_answers_does_not_matter(answers: list[Given], random: object) -> None:
    before = tally("", QuestionKind.MULTIPLE, LABELS, answers)
    random.shuffle(answers)  # type: ignore[attr-defined]
    assert tally("", QuestionKind.MULTIPLE, LABELS, answers) == before


def test_shares_are_rounded_half_up() -> None:
    row = tally("", QuestionKind.SINGLE, LABELS, [Given((0,))] + [Given((1,))] * 7)
    assert [choice.share for choice in row.choices] == [Decimal("12.50"), Decimal("87.50"), Decimal("0.00")]
    third = tally("", QuestionKind.SINGLE, LABELS, [Given((place,)) for place in range(3)])
    assert third.choices[0].share == Decimal("33.33")
    assert tally("", QuestionKind.SINGLE, LABELS, [Given((0,))] * 1 + [Given((1,))] * 31).choices[0].share == Decimal(
        "3.13"
    )


def test_texts_are_listed_without_blanks() -> None:
    row = tally("", QuestionKind.TEXT, (), [Given(text=" 装灯 "), Given(text="  "), Given()])
    assert (row.texts, row.n) == (["装灯"], 1)
