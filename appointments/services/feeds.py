"""The only writer of calendar addresses: 256 bits, kept as a hash, shown once."""

import secrets

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from appointments.feeds import token_hash
from appointments.models import FeedToken
from appointments.permissions import can_act_for
from representatives.models import Representative


class FeedError(Exception):
    """An address that is not to be given out; the message is a sentence for the person."""


@transaction.atomic
def renew_feed(*, person: Representative, actor: User) -> str:
    """Give `person` a new calendar address, void the old one; returns the token, which nobody can look up again.

    Raises FeedError for others than the person, their liaisons and offices.
    """
    _check(person, actor)
    token = secrets.token_urlsafe(32)
    FeedToken.objects.update_or_create(
        representative=person,
        defaults={
            "token_hash": token_hash(token),
            "created_at": timezone.now(),
            "created_by": actor,
            "revoked_at": None,
        },
    )
    return token


@transaction.atomic
def revoke_feed(*, person: Representative, actor: User) -> bool:
    """Nobody reads the calendar at its address any more; returns whether there was one. Raises FeedError."""
    _check(person, actor)
    valid = FeedToken.objects.filter(representative=person, revoked_at=None)
    return bool(valid.update(revoked_at=timezone.now()))


def _check(person: Representative, actor: User) -> None:
    if not can_act_for(actor, person):
        raise FeedError("日历地址由党代表本人、所在工作室的联络员和代表队办公室管理。")
