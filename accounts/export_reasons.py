"""Many rows leave only with a reason (reliability.md, who may see what §7): one question for every export."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.forms import ReasonForm
from sheets.response import REASON_ABOVE


def reason_to_export(
    request: HttpRequest, *, count: int, what: str, back: tuple[str, str]
) -> tuple[str, HttpResponse | None]:
    """The reason given with `?reason=` ("" where none is), and the page that asks for one where it is needed.

    `what` is counted with its measure word (「行到岗情况」); `back` is the address and the name of the list.
    """
    form = ReasonForm(request.GET if "reason" in request.GET else None)
    if form.is_valid():
        return form.cleaned_data["reason"], None
    if count <= REASON_ABOVE:
        return "", None
    context = {"count": count, "what": what, "back": back, "form": form, "query": request.GET.items()}
    return "", render(request, "accounts/export_reason.html", context, status=422)
