"""Organisations, users and roles for tests."""

import factory
from factory.django import DjangoModelFactory

from accounts.enums import OrganizationKind, Role
from accounts.models import Membership, Organization, User


class OrganizationFactory(DjangoModelFactory[Organization]):
    class Meta:
        model = Organization
        skip_postgeneration_save = True

    code = factory.Sequence(lambda n: f"T{n:05d}")
    name = factory.Sequence(lambda n: f"测试单位{n}")
    short_name = factory.SelfAttribute("name")


class CountyFactory(OrganizationFactory):
    """A county: its own county, with a number prefix."""

    kind = OrganizationKind.COUNTY
    number_prefix = "测建"
    phone = "0513-00000000"

    @factory.post_generation
    def own_county(self: Organization, create: bool, _extracted: object, **_kwargs: object) -> None:
        if create:
            self.county = self
            self.save(update_fields=["county"])


class DelegationFactory(OrganizationFactory):
    kind = OrganizationKind.DELEGATION
    county = factory.SubFactory(CountyFactory)
    parent = factory.SelfAttribute("county")

    @factory.post_generation
    def own_delegation(self: Organization, create: bool, _extracted: object, **_kwargs: object) -> None:
        if create:
            self.delegation = self
            self.save(update_fields=["delegation"])


class UnitFactory(OrganizationFactory):
    """A county unit; pass `delegation` for a town's own unit."""

    kind = OrganizationKind.UNIT
    county = factory.SubFactory(CountyFactory)


class UserFactory(DjangoModelFactory[User]):
    """A user without a role; `roles=[(Role.LIAISON, organization), …]` grants some."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"user{n}")
    name = factory.Sequence(lambda n: f"用户{n}")

    @factory.post_generation
    def roles(self: User, create: bool, extracted: list[tuple[Role, Organization]] | None, **_kwargs: object) -> None:
        for role, organization in extracted or []:
            if create:
                Membership.objects.create(user=self, role=role, organization=organization)
