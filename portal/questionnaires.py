"""A questionnaire as the public answers it: anonymous, once a device, without JavaScript."""

import hashlib
import uuid

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from appointments.forms.questionnaires import PublicAnswerForm
from appointments.models import Questionnaire
from appointments.services.questionnaires import AnsweredError, QuestionnaireError, answer_questionnaire
from portal.throttle import is_too_often

COOKIE, SALT, KEPT_SECONDS = "device", "portal.questionnaires.device", 365 * 24 * 60 * 60
MOST, WITHIN_SECONDS = 120, 600
"""So many answers from one address in ten minutes: a full hall behind one router, not a machine."""


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def questionnaire(request: HttpRequest, token: uuid.UUID) -> HttpResponse:
    """GET shows the questions, or that they were answered, or that it is over; POST stores the answers once."""
    rows = Questionnaire.objects.select_related("appointment__county")
    row = get_object_or_404(rows, token=token)
    if row.is_draft:
        raise Http404
    device = _device(request)
    form = PublicAnswerForm(request.POST or None, questions=row.questions.all())
    if request.method == "POST":
        return _answered(request, row, form, device)
    return _page(request, row, form, device)


def _answered(request: HttpRequest, row: Questionnaire, form: PublicAnswerForm, device: str) -> HttpResponse:
    if is_too_often(f"questionnaire:{row.pk}:{request.META.get('REMOTE_ADDR', '')}", MOST, WITHIN_SECONDS):
        form.add_error(None, "提交的人太多，请过几分钟再提交。您填的内容还在。")
        return _page(request, row, form, device, status=429)
    if not form.is_valid():
        return _page(request, row, form, device, status=422)
    try:
        answer_questionnaire(
            questionnaire=row,
            answers=form.answers,
            respondent_key=_respondent(row, device),
            submission_key=form.cleaned_data["submission_key"],
        )
    except AnsweredError as error:
        return _page(request, row, form, device, refusal=str(error), status=409)
    except QuestionnaireError as error:
        form.add_error(None, str(error))
        return _page(request, row, form, device, status=422)
    return _keep(redirect("portal:questionnaire", row.token), device)


def _page(
    request: HttpRequest,
    row: Questionnaire,
    form: PublicAnswerForm,
    device: str,
    *,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    county = row.appointment.county
    context = {
        "questionnaire": row,
        "form": form,
        "refusal": refusal,
        "has_answered": row.responses.filter(respondent_key=_respondent(row, device)).exists(),
        "is_open": row.takes_answers(timezone.localdate()),
        "county_name": county.short_name,
        "help_phone": county.phone,
    }
    return _keep(render(request, "portal/questionnaire.html", context, status=status), device)


def _device(request: HttpRequest) -> str:
    """The random name this device was given by us, or a new one."""
    return str(request.get_signed_cookie(COOKIE, default="", salt=SALT) or uuid.uuid4().hex)


def _keep(response: HttpResponse, device: str) -> HttpResponse:
    response.set_signed_cookie(
        COOKIE,
        device,
        salt=SALT,
        max_age=KEPT_SECONDS,
        path="/q/",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


def _respondent(row: Questionnaire, device: str) -> str:
    """What is stored of the device: it cannot be followed from one questionnaire to another."""
    return hashlib.sha256(f"{device}:{row.token}".encode()).hexdigest()
