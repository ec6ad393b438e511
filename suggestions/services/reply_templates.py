"""The only writer of reply templates."""

from django.db import transaction

from suggestions.models import ReplyTemplate


@transaction.atomic
def save_template(*, template: ReplyTemplate) -> ReplyTemplate:
    """Write a template whose fields and uniqueness its form has checked."""
    template.save()
    return template


@transaction.atomic
def delete_template(*, template: ReplyTemplate) -> None:
    """Take it off the list; replies that were begun from it keep their text."""
    template.delete()
