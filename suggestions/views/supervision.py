"""催办, 督办 and 挂牌: the list, sending one, answering it, lifting it."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from accounts.paging import keyset_page
from accounts.session import signed_in
from studios.clocks import words
from suggestions import services
from suggestions.casefile import visible_case
from suggestions.forms.supervision import AnswerForm, LiftForm, SuperviseForm
from suggestions.models import Suggestion, Supervision
from suggestions.permissions_office import can_answer, can_lift, can_read_supervision, can_supervise
from suggestions.services.steps import StepError
from suggestions.services.supervision import obstacle_to_lift
from suggestions.supervising import notice_light, obstacle_to_supervise
from suggestions.supervision_list import filtered_notices, tabs

RELATED = ("suggestion__county", "suggestion__delegation", "suggestion__representative", "unit", "issued_by")


@require_GET
def supervision_list(request: HttpRequest) -> HttpResponse:
    """The notices of cases the user sees: those that stand, or those that the conditions name."""
    user, today = signed_in(request), timezone.localdate()
    if not can_read_supervision(user):
        raise PermissionDenied("督办供党联办、代表队办公室、承办单位和领导查看。")
    found = filtered_notices(user, request.GET, today)
    page = keyset_page(found.rows.with_list_related(), request.GET)
    rows = [{"notice": row, "light": notice_light(row, today)} for row in page.rows]
    context = {"found": found, "page": page, "rows": rows, "tabs": tabs(user, found.view, today)}
    return render(request, "suggestions/supervision_list.html", context)


@require_http_methods(["GET", "POST"])
def supervise(request: HttpRequest, pk: int) -> HttpResponse:
    """Write and send a notice. 403: not the user's to supervise; 422: nobody handles the case, or bad input."""
    user = signed_in(request)
    case = visible_case(user, pk)
    if not can_supervise(user, case):
        raise PermissionDenied("催办督办由党联办和交办的代表队发出。")
    if refusal := obstacle_to_supervise(case):
        return _supervise_page(request, case, None, refusal=refusal, status=422)
    form = SuperviseForm(request.POST if request.method == "POST" else None, case=case, actor=user)
    if form.is_bound and form.is_valid():
        try:
            notice = services.supervise_suggestion(suggestion=case, actor=user, notice=form.notice)
        except StepError as error:
            form.add_error(None, str(error))
        else:
            until = f"请在{words(form.notice.reply_due_on)}前回复" if form.notice.reply_due_on else ""
            messages.success(request, f"已向{notice.unit}发出{notice.get_kind_display()}，{until}。")
            return redirect(notice)
    return _supervise_page(request, case, form, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """The unit's answer; 403 for others."""
    notice = visible_notice(request, pk)
    if not can_answer(signed_in(request), notice):
        raise PermissionDenied("由收到通知的承办单位回复。")
    refusal = "" if notice.is_owed else "这份通知已经回复，或者不再需要回复。"

    def send(form: forms.Form) -> str:
        services.answer_supervision(supervision=notice, actor=signed_in(request), text=form.cleaned_data["text"])
        return "已回复，并告知发出通知的单位。"

    return _one_field(request, notice, AnswerForm, send, f"回复{notice.get_kind_display()}", refusal)


@require_http_methods(["GET", "POST"])
def lift(request: HttpRequest, pk: int) -> HttpResponse:
    """摘牌 by the county office; 403 for others, 422 while it stands."""
    notice = visible_notice(request, pk)
    if not can_lift(signed_in(request), notice):
        raise PermissionDenied("摘牌由党联办办理。")

    def send(form: forms.Form) -> str:
        services.lift_listing(supervision=notice, actor=signed_in(request), reason=form.cleaned_data["reason"])
        return "已摘牌，并告知承办单位。"

    return _one_field(request, notice, LiftForm, send, "摘牌", obstacle_to_lift(notice))


def visible_notice(request: HttpRequest, pk: int) -> Supervision:
    """The notice with its case. Raises Http404 where the user does not see the case."""
    rows = Supervision.objects.visible_to(signed_in(request)).select_related(*RELATED)
    return get_object_or_404(rows, pk=pk)


def _one_field(
    request: HttpRequest,
    notice: Supervision,
    kind: type[forms.Form],
    send: Callable[[forms.Form], str],
    button: str,
    refusal: str,
) -> HttpResponse:
    """GET shows the form, POST sends it; a refusal is said instead."""
    form = kind(request.POST if request.method == "POST" else None)
    if not refusal and form.is_bound and form.is_valid():
        try:
            messages.success(request, send(form))
            return redirect(notice)
        except StepError as error:
            form.add_error(None, str(error))
    context = {"notice": notice, "case": notice.suggestion, "button": button, "refusal": refusal}
    context["form"] = None if refusal else form
    status = 422 if refusal or form.errors else 200
    return render(request, "suggestions/supervision_act.html", context, status=status)


def _supervise_page(
    request: HttpRequest, case: Suggestion, form: SuperviseForm | None, *, status: int, refusal: str = ""
) -> HttpResponse:
    context = {"case": case, "form": form, "refusal": refusal, "notice": None, "button": "发出通知"}
    return render(request, "suggestions/supervision_act.html", context, status=status)
