"""The one page that shows who somebody is: it asks why, puts that on record, and shows it once."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.forms import RevealForm


@dataclass(frozen=True)
class Identity:
    """One person in the clear; empty fields were not left."""

    name: str
    phone: str
    unit: str


@dataclass(frozen=True)
class Matter:
    """What they came with, for the head of the page and the ways back."""

    words: str
    url: str
    back_label: str
    list_url: str
    list_label: str


def reveal_page(request: HttpRequest, matter: Matter, show: Callable[[str], Iterable[Identity]]) -> HttpResponse:
    """GET asks why. POST calls `show` with the reason, which must write the audit entry before it returns anybody.

    The caller has checked the right, and marks its view as never to be cached.
    """
    form = RevealForm(request.POST or None)
    people = None
    if request.method == "POST" and form.is_valid():
        people = list(show(form.cleaned_data["reason"]))
    context = {"matter": matter, "form": form, "people": people}
    return render(request, "accounts/reveal.html", context, status=422 if form.errors else 200)
