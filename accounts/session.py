"""Who is asking."""

from django.http import HttpRequest

from accounts.models import User


def signed_in(request: HttpRequest) -> User:
    """The user of a page behind the login middleware, which lets nobody else through."""
    assert isinstance(request.user, User)
    return request.user
