"""Merging a duplicate: find the other record, see both side by side, decide which goes on."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from accounts.numbers import number_in
from accounts.session import signed_in
from representatives.forms.steps import MergeForm
from representatives.lists import named_like
from representatives.models import Representative
from representatives.permissions import can_merge
from representatives.querysets import RepresentativeQuerySet
from representatives.services import merge_representatives
from representatives.services.errors import RegisterError
from representatives.services.merging import merge_problem, related_counts

SHOWN = 10


@require_http_methods(["GET", "POST"])
def merge(request: HttpRequest, pk: int) -> HttpResponse:
    """`?q=` searches the other record, `?other=` previews both; POST merges."""
    user = signed_in(request)
    people = Representative.objects.visible_to(user).select_related("delegation", "user", "photo")
    person = get_object_or_404(people, pk=pk)
    if not can_merge(user, person):
        raise PermissionDenied("重复的记录由党联办合并，已并入别处的记录不再合并。")
    others = people.standing().filter(county_id=person.county_id).exclude(pk=pk)
    asked = number_in(request.POST.get("other") or request.GET.get("other", ""))
    if asked is None:
        return _choose(request, person, others)
    other = get_object_or_404(others, pk=asked)
    form = MergeForm(request.POST or None, person=person, other=other)
    if request.method == "POST" and form.is_valid():
        kept, duplicate = (person, other) if form.cleaned_data["keep"] == person.pk else (other, person)
        try:
            merge_representatives(kept=kept, duplicate=duplicate, reason=form.cleaned_data["reason"], actor=user)
        except RegisterError as error:
            form.add_error(error.field or None, str(error))
        else:
            messages.success(request, f"已并入{kept.name}（{kept.certificate_no}），名下的记录都在这一条里。")
            return redirect(kept)
    return _preview(request, person, other, form)


def _choose(request: HttpRequest, person: Representative, others: RepresentativeQuerySet) -> HttpResponse:
    """Without a search: records of the same name, or the same phone."""
    text = request.GET.get("q", "").strip()[:40]
    is_phone = Q(phone=person.phone) if person.phone else Q(pk=None)
    found = others.filter(named_like(text) if text else Q(name=person.name) | is_phone)
    context = {"person": person, "text": text, "found": found.order_by("certificate_no")[:SHOWN]}
    return render(request, "representatives/merge_choose.html", context)


def _preview(request: HttpRequest, person: Representative, other: Representative, form: MergeForm) -> HttpResponse:
    counts = [related_counts(row) for row in (person, other)]
    words = list(dict.fromkeys(word for count in counts for word in count))
    context = {
        "person": person,
        "sides": (person, other),
        "rows": [(word, [count.get(word, 0) for count in counts]) for word in words],
        "problem": merge_problem(person, other),
        "form": form,
    }
    return render(request, "representatives/merge.html", context, status=422 if form.errors else 200)
