"""Every test finds its ground as it was laid, whatever the one before did."""

import pytest

from accounts.models import User
from tests.cast import Cast
from tests.ground import Ground


@pytest.mark.parametrize("turn", ["first", "second"])
def test_the_cast_is_whole_again(cast: Cast, turn: str) -> None:
    assert set(User.objects.values_list("name", flat=True)) == {user.name for user in cast.everybody.values()}
    assert cast.liaison.name == "联络员甲"
    cast.liaison.name = "别的名字"
    cast.liaison.save()
    cast.nobody.delete()
    assert User.objects.filter(name="别的名字").exists()


def test_without_a_cast_there_is_nobody(db: None) -> None:
    assert not User.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_transactional_test_writes_its_own(cast: Cast, ground: Ground) -> None:
    assert ground.name == "committed"
    assert User.objects.count() == len(cast.everybody)
