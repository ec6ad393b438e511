"""The terms of a county are read from the mandates of its representatives."""

from datetime import date

from representatives.models import Mandate
from representatives.terms import Term, terms_of
from tests.cast import Cast
from tests.representatives.factories import RepresentativeFactory


def _mandate(cast: Cast, term: int, starts_on: date | None, ends_on: date | None = None, level: str = "COUNTY") -> None:
    person = RepresentativeFactory(delegation=cast.town)
    Mandate.objects.create(representative=person, term=term, level=level, starts_on=starts_on, ends_on=ends_on)


def test_a_term_begins_with_its_first_mandate_and_ends_with_its_last(cast: Cast) -> None:
    _mandate(cast, 13, date(2021, 9, 1), date(2026, 9, 1))
    _mandate(cast, 13, date(2023, 3, 1), date(2026, 9, 1))  # elected later
    _mandate(cast, 12, date(2016, 9, 1))
    assert terms_of(cast.leader) == [
        Term(12, date(2016, 9, 1), date(2021, 9, 1)),
        Term(13, date(2021, 9, 1), date(2026, 9, 1)),
    ]


def test_towns_have_terms_of_their_own_and_undated_ones_say_nothing(cast: Cast) -> None:
    _mandate(cast, 5, date(2020, 1, 1), level="TOWN")
    _mandate(cast, 13, None)
    assert terms_of(cast.leader) == []
    _mandate(cast, 13, date(2021, 9, 1), level="BOTH")
    assert [term.number for term in terms_of(cast.leader)] == [13]


def test_the_neighbours_terms_are_not_ours(cast: Cast) -> None:
    _mandate(cast, 13, date(2021, 9, 1))
    assert terms_of(cast.stranger) == []
