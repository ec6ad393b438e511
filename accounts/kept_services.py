"""The only writer of what people keep of a list: their views and its layout. Private choices leave no audit entry."""

from collections.abc import Sequence

from django.db import IntegrityError, transaction

from accounts.kept_lists import MOST_VIEWS, KeptList
from accounts.models import ListLayout, SavedView, User

LONGEST_QUERY = 1000
FULL = f"最多保存 {MOST_VIEWS} 个视图，请先删除不用的"
TAKEN = "您已有同名的视图，请换一个名称"
TOO_LONG = "条件太多，存不下，请减少几个条件"


class KeptViewError(Exception):
    """A view that cannot be kept; the message is a sentence for the person."""


@transaction.atomic
def save_view(*, user: User, of: KeptList, name: str, query: str) -> SavedView:
    """Keep `query` under `name`, behind the views there are. Raises KeptViewError: too many, too long, name taken."""
    User.objects.select_for_update().get(pk=user.pk)  # two windows of one person wait for each other
    kept = list(SavedView.objects.visible_to(user).filter(list_key=of.key))
    if len(kept) >= MOST_VIEWS:
        raise KeptViewError(FULL)
    if len(query) > LONGEST_QUERY:
        raise KeptViewError(TOO_LONG)
    if any(view.name == name for view in kept):
        raise KeptViewError(TAKEN)
    position = max((view.position for view in kept), default=0) + 1
    return SavedView.objects.create(user=user, list_key=of.key, name=name, query=query, position=position)


def rename_view(*, view: SavedView, name: str) -> SavedView:
    """Another name for it. Raises KeptViewError where the person has one of that name."""
    view.name = name
    try:
        with transaction.atomic():
            view.save(update_fields=["name"])
    except IntegrityError:
        raise KeptViewError(TAKEN) from None
    return view


@transaction.atomic
def move_view(*, view: SavedView, step: int) -> None:
    """One place forward (`step` -1) or back (1) among the views of its list; at the end nothing changes."""
    views = list(SavedView.objects.select_for_update().filter(user=view.user_id, list_key=view.list_key))
    place = views.index(view)
    target = min(max(place + step, 0), len(views) - 1)
    views.insert(target, views.pop(place))
    for position, item in enumerate(views, start=1):
        item.position = position
    SavedView.objects.bulk_update(views, ["position"])


def delete_view(*, view: SavedView) -> None:
    """It is gone; the rows it showed are not touched."""
    view.delete()


def choose_layout(*, user: User, of: KeptList, columns: Sequence[str], is_dense: bool) -> ListLayout:
    """The columns and the density of `of` for `user` alone, from now on."""
    chosen = {"columns": list(columns), "is_dense": is_dense}
    layout, _created = ListLayout.objects.update_or_create(user=user, list_key=of.key, defaults=chosen)
    return layout
