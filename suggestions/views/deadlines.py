"""A county's deadline settings: in force, to come and before; a new version, a correction, what they changed."""

from dataclasses import asdict

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from accounts.models import Organization, User
from accounts.paging import keyset_page
from accounts.resume import typed_before_login
from accounts.session import signed_in
from studios.clocks import words
from studios.permissions_calendar import county_set_by
from studios.services import load_calendar
from suggestions.deadlines import Rules
from suggestions.examples import examples
from suggestions.forms.deadline import CorrectionForm, PolicyForm, RulesForm
from suggestions.models import DeadlineChange, DeadlinePolicy, RecomputeJob
from suggestions.permissions_deadlines import can_read_deadlines, can_set_deadlines
from suggestions.services.policies import PolicyError, correct_policy, set_policy
from suggestions.services.recompute import cases_of

SHOWN_JOBS = 10


@require_GET
def deadline_list(request: HttpRequest) -> HttpResponse:
    """What holds today with examples, every version, and the latest recomputations with their progress."""
    user, today = signed_in(request), timezone.localdate()
    if not can_read_deadlines(user):
        raise PermissionDenied("期限规定供办理建议的人查看。")
    county = Organization.objects.counties().visible_to(user).order_by("code").first()
    if county is None:
        raise Http404
    current = DeadlinePolicy.objects.in_force(county, today)
    context = {
        "current": current,
        "examples": examples(current.rules, today, load_calendar()),
        "versions": DeadlinePolicy.objects.visible_to(user).filter(county=county).order_by("-effective_from"),
        "jobs": RecomputeJob.objects.visible_to(user).filter(county=county).select_related("actor")[:SHOWN_JOBS],
        "today": today,
        "may_set": can_set_deadlines(user),
    }
    return render(request, "suggestions/deadline_list.html", context)


@require_http_methods(["GET", "POST"])
def deadline_create(request: HttpRequest) -> HttpResponse:
    """The next version, from a day on; `step=preview` only shows what it means."""
    user, county = _setter(request)
    today = timezone.localdate()
    in_force = DeadlinePolicy.objects.in_force(county, today).rules
    initial = asdict(in_force) | {"effective_from": today} | typed_before_login(request)
    form = PolicyForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid() and request.POST.get("step") != "preview":
        day = form.cleaned_data["effective_from"]
        try:
            set_policy(county=county, effective_from=day, rules=form.rules, actor=user)
        except PolicyError as error:
            form.add_error(error.field, str(error))
        else:
            messages.success(request, f"已设置，{words(day)}起交办的建议按新规定计算。")
            return redirect("suggestions:deadlines")
    return _form_page(request, form, in_force)


@require_http_methods(["GET", "POST"])
def deadline_correct(request: HttpRequest, pk: int) -> HttpResponse:
    """One version put right; the running cases it decided for are worked out anew."""
    user, county = _setter(request)
    policy = get_object_or_404(DeadlinePolicy.objects.visible_to(user).filter(county=county), pk=pk)
    form = CorrectionForm(request.POST or None, initial=asdict(policy.rules) | typed_before_login(request))
    if request.method == "POST" and form.is_valid() and request.POST.get("step") != "preview":
        try:
            job = correct_policy(policy=policy, rules=form.rules, reason=form.cleaned_data["reason"], actor=user)
        except PolicyError as error:
            form.add_error(error.field, str(error))
        else:
            messages.success(request, f"已更正，正在重新计算 {job.total} 件在办建议的期限。")
            return redirect(job)
    return _form_page(request, form, policy.rules, policy=policy)


@require_GET
def deadline_job(request: HttpRequest, pk: int) -> HttpResponse:
    """One recomputation: how far it is, and every case it changed."""
    user = signed_in(request)
    job = get_object_or_404(RecomputeJob.objects.visible_to(user).select_related("actor", "county"), pk=pk)
    changes = DeadlineChange.objects.visible_to(user).filter(job=job).select_related("suggestion")
    page = keyset_page(changes.defer("suggestion__content"), request.GET, order="id")
    return render(request, "suggestions/deadline_job.html", {"job": job, "page": page})


def _setter(request: HttpRequest) -> tuple[User, Organization]:
    user = signed_in(request)
    county = county_set_by(user)
    if county is None or not can_set_deadlines(user):
        raise PermissionDenied("期限规定由党联办设置。")
    return user, county


def _form_page(
    request: HttpRequest, form: RulesForm, before: Rules, policy: DeadlinePolicy | None = None
) -> HttpResponse:
    """The form, and once it was looked at the examples of what was filled in beside what holds so far."""
    seen = form.is_bound and not form.errors
    context = {
        "form": form,
        "policy": policy,
        "examples": examples(form.rules, timezone.localdate(), load_calendar(), before=before) if seen else [],
        "affected": cases_of(RecomputeJob(county=policy.county, policy=policy)).count() if policy else 0,
    }
    return render(request, "suggestions/deadline_form.html", context, status=422 if form.errors else 200)
