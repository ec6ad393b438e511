"""Technical template tags: drawing an icon, listing a form's errors as links."""

from collections.abc import Iterable
from datetime import datetime
from functools import cache
from typing import NamedTuple

from django import template
from django.forms import BaseForm
from django.forms.boundfield import BoundField
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


class ErrorLine(NamedTuple):
    """One line of an error summary: the sentence, and the address that mends it (may be empty)."""

    text: str
    url: str


@register.simple_tag
@cache  # a list draws a hundred, of a dozen names
def icon(name: str) -> SafeString:
    """Return the decorative drawing `name` of static/img/icons.svg; the words beside it carry the meaning."""
    return format_html(
        '<svg class="ico" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        static("img/icons.svg"),
        name,
    )


@register.simple_tag
def error_lines(form: BaseForm | None = None, extra: Iterable[ErrorLine] | None = None) -> list[ErrorLine]:
    """Return every error of a bound `form`, field by field, then the `extra` lines a service gave.

    Either may be missing (None or the empty string of an absent template variable).
    """
    lines: list[ErrorLine] = []
    if form:
        lines += [ErrorLine(str(text), "") for text in form.non_field_errors()]
        lines += [
            ErrorLine(str(text), "" if field.is_hidden else f"#{_first_control(field)}")
            for field in form
            for text in field.errors
        ]
    return lines + list(extra or ())


@register.filter
def moment(at: datetime) -> str:
    """When something was done: 11月24日 09:30, with the year where it is not this one."""
    local = timezone.localtime(at)
    year = "" if local.year == timezone.localdate().year else f"{local.year}年"
    return f"{year}{local.month}月{local.day}日 {local:%H:%M}"


def _first_control(field: BoundField) -> str:
    """A group of radio buttons has no id of its own: its first button has."""
    return field.id_for_label or f"{field.auto_id}_0"
