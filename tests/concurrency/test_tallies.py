"""Clients write while two workers fold: in the end the tallies say what the rows say."""

from random import Random

import pytest

from reports.folding import fold
from reports.models import Touched
from suggestions.enums import State
from suggestions.models import Suggestion
from tests.cast import build_cast
from tests.concurrency.race import at_once, failures
from tests.reports.tallying import GROUPS, SPANS, TODAY, differences, fold_all
from tests.reports.worlds import random_world, some_day

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
WRITERS, FOLDERS, TURNS = 4, 2, 15


def test_no_mark_is_lost_between_writers_and_folders(transactional_db: None) -> None:
    cast = build_cast()
    cases = [case.pk for case in random_world(cast, 5).cases if case.accepted_on]
    fold_all()

    def write(seed: int) -> None:
        random = Random(seed)
        for _ in range(TURNS):
            some = Suggestion.objects.filter(pk=random.choice(cases))
            some.update(accepted_on=some_day(random), state=random.choice([State.ACCEPTED, State.WITHDRAWN]))

    def work() -> int:
        return sum(fold(TODAY) for _ in range(TURNS))

    results = at_once(*[lambda seed=seed: write(seed) for seed in range(WRITERS)], *[work] * FOLDERS)
    assert failures(results) == []
    assert differences(cast.leader, SPANS[:1], GROUPS[1:3]) == []
    fold_all()
    assert not Touched.objects.exists()
    assert differences(cast.leader, SPANS[:1], GROUPS[1:3]) == []
