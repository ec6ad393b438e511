"""Studios for tests."""

import factory
from factory.django import DjangoModelFactory

from studios.enums import StudioKind
from studios.models import Studio
from tests.accounts.factories import DelegationFactory


class StudioFactory(DjangoModelFactory[Studio]):
    """An active town studio; `liaisons=[user, …]` puts people in charge."""

    class Meta:
        model = Studio
        skip_postgeneration_save = True

    delegation = factory.SubFactory(DelegationFactory)
    county = factory.SelfAttribute("delegation.county")
    code = factory.Sequence(lambda n: f"S{n:05d}")
    name = factory.Sequence(lambda n: f"第{n}村党代表工作室")
    kind = StudioKind.TOWN

    @factory.post_generation
    def liaisons(self: Studio, create: bool, extracted: list[object] | None, **_kwargs: object) -> None:
        if create and extracted:
            self.liaisons.set(extracted)  # type: ignore[arg-type]
