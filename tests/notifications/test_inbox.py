"""The inbox: one's own messages, read by opening them; the bell counts the rest."""

from collections.abc import Callable

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from notifications.models import Message
from tests.cast import Cast

Login = Callable[[User], Client]


def _message(user: User, title: str = "请签收") -> Message:
    return Message.objects.create(user=user, title=title, url="/desk/inbox/", created_at=timezone.now())


def test_shows_the_own_messages_only(cast: Cast, login: Login) -> None:
    _message(cast.liaison, "给联络员的")
    _message(cast.leader, "给领导的")
    page = login(cast.liaison).get(reverse("notifications:inbox")).content.decode()
    assert "给联络员的" in page
    assert "给领导的" not in page


def test_opening_marks_it_read_and_follows_the_link(cast: Cast, login: Login) -> None:
    message = _message(cast.liaison)
    client = login(cast.liaison)
    assert "1 条未读" in client.get(reverse("notifications:inbox")).content.decode()
    assert client.post(reverse("notifications:open", args=[message.pk])).url == message.url
    assert "全部已读" in client.get(reverse("notifications:inbox")).content.decode()


def test_a_get_changes_nothing(cast: Cast, login: Login) -> None:
    message = _message(cast.liaison)
    assert login(cast.liaison).get(reverse("notifications:open", args=[message.pk])).status_code == 405
    message.refresh_from_db()
    assert message.read_at is None


def test_a_foreign_message_does_not_exist(cast: Cast, login: Login) -> None:
    message = _message(cast.leader)
    assert login(cast.liaison).post(reverse("notifications:open", args=[message.pk])).status_code == 404


def test_all_at_once(cast: Cast, login: Login) -> None:
    _message(cast.liaison)
    _message(cast.liaison)
    _message(cast.leader)
    login(cast.liaison).post(reverse("notifications:read_all"))
    assert list(Message.objects.unread().values_list("user", flat=True)) == [cast.leader.pk]


def test_empty_inbox_says_what_will_come(cast: Cast, login: Login) -> None:
    assert "还没有提醒" in login(cast.liaison).get(reverse("notifications:inbox")).content.decode()
