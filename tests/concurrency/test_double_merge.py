"""Two offices merge the same two records, each into the other, at the same moment: one wins, the other is told."""

from collections.abc import Callable
from unittest.mock import patch

import pytest

from representatives.models import Merge, Representative
from representatives.querysets import RepresentativeQuerySet
from representatives.services import merge_representatives
from representatives.services.errors import RegisterError
from tests.cast import Cast, build_cast
from tests.concurrency.race import at_once
from tests.representatives.factories import RepresentativeFactory

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return build_cast()


def _both_ways(cast: Cast) -> list[Callable[[], object]]:
    one, other = (RepresentativeFactory(delegation=cast.town) for _ in range(2))

    def merge(kept: Representative, duplicate: Representative) -> object:
        return merge_representatives(kept=kept, duplicate=duplicate, reason="登记了两次", actor=cast.county_office)

    return [lambda: merge(one, other), lambda: merge(other, one)]


def test_one_merges_the_other_is_told(cast: Cast) -> None:
    results = at_once(*_both_ways(cast))
    losers = [result for result in results if isinstance(result, Exception)]
    assert len(losers) == 1
    assert isinstance(losers[0], RegisterError)
    assert "已经并入别的记录" in str(losers[0])
    assert Merge.objects.count() == 1
    assert Representative.objects.exclude(merged_into=None).count() == 1


def test_without_the_lock_neither_is_told(cast: Cast) -> None:
    """The control: both pass the check; they end in a deadlock of the database, or point at each other."""
    with patch.object(RepresentativeQuerySet, "select_for_update", lambda self, **_options: self):
        results = at_once(*_both_ways(cast))
    assert not any(isinstance(result, RegisterError) for result in results)
