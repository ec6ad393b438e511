"""Questionnaires: built, published, filled in from paper, counted."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.addresses import public_address
from accounts.enums import AuditAction
from accounts.models import User
from accounts.resume import typed_before_login
from accounts.services import record_audit
from accounts.session import signed_in
from appointments.forms.questionnaires import AnswerForm, PaperForm, QuestionForm, QuestionnaireForm
from appointments.models import Question, Questionnaire
from appointments.models.event import PAPER
from appointments.permissions import can_arrange
from appointments.permissions_themes import can_enter_papers
from appointments.questioning import results_of, results_sheet
from appointments.services import questionnaires as services
from appointments.services.questionnaires import QuestionnaireError
from appointments.views.themes import arranged_event, refuse
from representatives.cards import QUIET_MODULES, code_of
from sheets.response import download


def visible(user: User, pk: int) -> Questionnaire:
    """A questionnaire of an event the user may see. Raises Http404 otherwise."""
    rows = Questionnaire.objects.visible_to(user).select_related("appointment__delegation", "appointment__county")
    return get_object_or_404(rows, pk=pk)


def built(request: HttpRequest, pk: int) -> tuple[User, Questionnaire]:
    """The user and a questionnaire that is theirs to build. Raises PermissionDenied for those who only read it."""
    user = signed_in(request)
    questionnaire = visible(user, pk)
    if not can_arrange(user, questionnaire.appointment.delegation):
        raise PermissionDenied("问卷由党联办和主办代表队办公室制作。")
    return user, questionnaire


def address_of(request: HttpRequest, questionnaire: Questionnaire) -> str:
    """Where the public answers it."""
    return public_address(request, reverse("portal:questionnaire", args=[questionnaire.token]))


@require_GET
def questionnaire_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """A draft with its questions to be put in order; once published, its address and what came in."""
    user = signed_in(request)
    questionnaire = visible(user, pk)
    event, address = questionnaire.appointment, address_of(request, questionnaire)
    context = {
        "questionnaire": questionnaire,
        "event": event,
        "questions": list(questionnaire.questions.all()),
        "results": None if questionnaire.is_draft else results_of(questionnaire),
        "may_build": can_arrange(user, event.delegation),
        "may_enter": can_enter_papers(user, event),
        "takes_answers": questionnaire.takes_answers(timezone.localdate()),
        "address": address,
        "code": code_of(address).svg_data_uri(border=QUIET_MODULES, scale=4),
    }
    return render(request, "appointments/questionnaire_detail.html", context)


@require_http_methods(["GET", "POST"])
def questionnaire_create(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin a questionnaire of an event."""
    user, event = arranged_event(request, pk)
    form = QuestionnaireForm(request.POST or None, initial=typed_before_login(request))
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(services.write_questionnaire(event=event, actor=user, **form.cleaned_data))
        except QuestionnaireError as error:
            refuse(form, error)
    context = {"form": form, "event": event, "back": reverse("appointments:topic_detail", args=[event.pk])}
    return render(request, "appointments/questionnaire_form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def questionnaire_update(request: HttpRequest, pk: int) -> HttpResponse:
    """Title, introduction and last day of a draft."""
    user, row = built(request, pk)
    shown = {name: getattr(row, name) for name in ("title", "intro", "closes_on")}
    form = QuestionnaireForm(request.POST or None, initial=shown | typed_before_login(request))
    if request.method == "POST" and form.is_valid():
        try:
            services.write_questionnaire(event=row.appointment, questionnaire=row, actor=user, **form.cleaned_data)
        except QuestionnaireError as error:
            refuse(form, error)
        else:
            return redirect(row)
    context = {"form": form, "event": row.appointment, "back": row.get_absolute_url()}
    return render(request, "appointments/questionnaire_form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def question_create(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a question at the end of a draft."""
    user, questionnaire = built(request, pk)
    return _question_page(request, user, questionnaire, None)


@require_http_methods(["GET", "POST"])
def question_update(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a question of a draft."""
    question = get_object_or_404(Question.objects.visible_to(signed_in(request)), pk=pk)
    user, questionnaire = built(request, question.questionnaire_id)
    return _question_page(request, user, questionnaire, question)


def _question_page(
    request: HttpRequest, user: User, questionnaire: Questionnaire, question: Question | None
) -> HttpResponse:
    shown: dict[str, Any] = {}
    if question is not None:
        shown = {name: getattr(question, name) for name in ("kind", "text", "is_required")}
        shown["choices"] = "\n".join(question.choices)
    form = QuestionForm(request.POST or None, initial=shown | typed_before_login(request))
    if request.method == "POST" and form.is_valid():
        try:
            services.write_question(questionnaire=questionnaire, entry=form.entry, actor=user, question=question)
        except QuestionnaireError as error:
            refuse(form, error)
        else:
            is_next = request.POST.get("decision") == "next"
            return redirect("appointments:question_create", questionnaire.pk) if is_next else redirect(questionnaire)
    context = {"form": form, "questionnaire": questionnaire, "question": question}
    return render(request, "appointments/questionnaire_question.html", context, status=422 if form.errors else 200)


@require_POST
def question_move(request: HttpRequest, pk: int) -> HttpResponse:
    """One place up or down."""
    question = get_object_or_404(Question.objects.visible_to(signed_in(request)), pk=pk)
    user, questionnaire = built(request, question.questionnaire_id)
    is_up = request.POST.get("direction") == "up"
    return _step(request, questionnaire, "", services.move_question, question=question, is_up=is_up, actor=user)


@require_POST
def question_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a question out of a draft."""
    question = get_object_or_404(Question.objects.visible_to(signed_in(request)), pk=pk)
    user, questionnaire = built(request, question.questionnaire_id)
    return _step(request, questionnaire, "题目已删除。", services.remove_question, question=question, actor=user)


@require_POST
def questionnaire_publish(request: HttpRequest, pk: int) -> HttpResponse:
    """From now on it takes answers and never changes."""
    user, row = built(request, pk)
    return _step(
        request, row, "问卷已发布，可以扫码填写。", services.publish_questionnaire, questionnaire=row, actor=user
    )


@require_POST
def questionnaire_close(request: HttpRequest, pk: int) -> HttpResponse:
    """Take no more answers."""
    user, row = built(request, pk)
    return _step(request, row, "问卷已结束。", services.close_questionnaire, questionnaire=row, actor=user)


@require_POST
def questionnaire_copy(request: HttpRequest, pk: int) -> HttpResponse:
    """The same questions as a new draft."""
    user, row = built(request, pk)
    try:
        copy = services.copy_questionnaire(questionnaire=row, actor=user)
    except QuestionnaireError as error:
        messages.error(request, str(error))
        return redirect(row)
    messages.success(request, "已复制成一份新的草稿。")
    return redirect(copy)


def _step(request: HttpRequest, row: Questionnaire, done: str, service: Any, **given: Any) -> HttpResponse:
    """Take one step and say how it went, on the page of the questionnaire."""
    try:
        service(**given)
    except QuestionnaireError as error:
        messages.error(request, str(error))
    else:
        if done:
            messages.success(request, done)
    return redirect(row)


@require_GET
def questionnaire_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The form as the public will see it; it sends nothing."""
    questionnaire = visible(signed_in(request), pk)
    form = AnswerForm(questions=questionnaire.questions.all())
    return render(request, "appointments/questionnaire_preview.html", {"form": form, "questionnaire": questionnaire})


@require_http_methods(["GET", "POST"])
def paper_create(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter a questionnaire that came on paper."""
    user = signed_in(request)
    row = visible(user, pk)
    if not can_enter_papers(user, row.appointment):
        raise PermissionDenied("纸质问卷由主办代表队的办公室、联络员和党联办录入。")
    form = PaperForm(request.POST or None, questions=row.questions.all(), initial=typed_before_login(request))
    status = 422
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            services.answer_questionnaire(
                questionnaire=row,
                answers=form.answers,
                respondent_key=f"{PAPER}{data['paper_no']}",
                submission_key=data["submission_key"],
                actor=user,
            )
        except QuestionnaireError as error:
            form.add_error("paper_no", str(error))
            status = 409
        else:
            messages.success(request, f"{data['paper_no']} 号问卷已录入。")
            return redirect("appointments:paper_create", row.pk)
    context = {"form": form, "questionnaire": row}
    return render(request, "appointments/questionnaire_paper.html", context, status=status if form.errors else 200)


@require_GET
def questionnaire_print(request: HttpRequest, pk: int) -> HttpResponse:
    """The blank A4 form with the code that leads to the page."""
    row = visible(signed_in(request), pk)
    address = address_of(request, row)
    context = {
        "questionnaire": row,
        "event": row.appointment,
        "questions": row.questions.all(),
        "address": address,
        "code": code_of(address).svg_data_uri(border=QUIET_MODULES, omitsize=True),
    }
    return render(request, "appointments/questionnaire_print.html", context)


@require_GET
def questionnaire_export(request: HttpRequest, pk: int) -> HttpResponse:
    """The tally as a sheet."""
    user = signed_in(request)
    row = visible(user, pk)
    if not can_enter_papers(user, row.appointment):
        raise PermissionDenied("问卷统计由主办代表队的办公室、联络员和党联办导出。")
    results = results_of(row)
    record_audit(
        action=AuditAction.EXPORT,
        actor=user,
        subject=f"问卷统计 {row.title}",
        detail=f"{results.responses} 份答卷",
        county=row.appointment.county,
    )
    return download(results_sheet(row, results), f"问卷统计_{row.title}")
