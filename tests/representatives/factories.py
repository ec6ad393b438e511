"""Representatives for tests."""

import factory
from factory.django import DjangoModelFactory

from representatives.enums import Gender, Level
from representatives.models import Representative
from tests.accounts.factories import DelegationFactory


class RepresentativeFactory(DjangoModelFactory[Representative]):
    """An active town representative; `studios=[studio]` attaches them."""

    class Meta:
        model = Representative
        skip_postgeneration_save = True

    delegation = factory.SubFactory(DelegationFactory)
    county = factory.SelfAttribute("delegation.county")
    name = factory.Sequence(lambda n: f"代表{n}")
    gender = Gender.FEMALE
    certificate_no = factory.Sequence(lambda n: f"D{n:06d}")
    term = 13
    level = Level.TOWN

    @factory.post_generation
    def studios(self: Representative, create: bool, extracted: list[object] | None, **_kwargs: object) -> None:
        if create and extracted:
            self.studios.set(extracted)  # type: ignore[arg-type]
