"""办理与答复: the three steps of the handling unit on one page, each with how far it is."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.models import User
from accounts.resume import typed_before_login
from accounts.session import signed_in
from accounts.templatetags.ui import ErrorLine
from suggestions import services
from suggestions.casefile import CaseFile, visible_case
from suggestions.enums import AssignmentKind, Capacity, ReplyStatus, Verb
from suggestions.forms.together import HandlingForm
from suggestions.models import Suggestion
from suggestions.permissions import can_take, capacities, own_assignments
from suggestions.reply_texts import offered_templates
from suggestions.screens import SCREENS
from suggestions.services.readiness import missing_for_reply, obstacle_to_reply, unit_answering
from suggestions.services.steps import ConflictError, MissingStepsError, NotYoursError, StepError, who_was_faster
from suggestions.views.steps import landing, step_page


@require_http_methods(["GET", "POST"])
def handle(request: HttpRequest, pk: int) -> HttpResponse:
    """GET shows the steps, POST takes those filled in. 404: not the unit's case; 409: too late; 422: wrong."""
    user = signed_in(request)
    try:
        case = visible_case(user, pk)
    except Http404:
        if request.method == "POST":
            gone = get_object_or_404(Suggestion.objects.just_taken_from(user), pk=pk)
            return _lost(request, gone, HandlingForm(gone, user, request.POST), who_was_faster(gone))
        raise
    if Capacity.ASSIGNEE not in capacities(user, case) or not case.assignments.all():
        raise Http404
    if request.method == "POST":
        return _take(request, user, case)
    form = HandlingForm(case, user, initial=typed_before_login(request)) if _may_handle(user, case) else None
    return _page(request, user, case, form)


def _take(request: HttpRequest, user: User, case: Suggestion) -> HttpResponse:
    form = HandlingForm(case, user, request.POST)
    if form.is_stale():
        return _conflict(request, user, form, who_was_faster(case))
    if not form.is_valid():
        return _page(request, user, case, form, lines=form.lines(), status=422)
    try:
        services.handle_suggestion(suggestion=case, actor=user, version=case.version, handled=form.handled())
    except NotYoursError as error:
        raise PermissionDenied(str(error)) from error
    except ConflictError as error:
        return _conflict(request, user, form, str(error))
    except MissingStepsError as error:
        lines = [ErrorLine(item.text, f"#{item.task}") for item in error.missing]
        return _page(request, user, case, form, lines=lines, status=422)
    except StepError as error:
        return _page(request, user, case, form, lines=[ErrorLine(str(error), "")], status=422)
    return _taken(request, user, form)


def _taken(request: HttpRequest, user: User, form: HandlingForm) -> HttpResponse:
    """On to what comes next; a reply that was begun stays on the page, because it was not saved."""
    case = visible_case(user, form.case.pk)
    verbs = {"contact": Verb.RECORD_CONTACT, "consult": Verb.CONSULT, "reply": Verb.REPLY}
    taken = ["reply"] if "reply" in form.wanted else form.wanted
    messages.success(request, "".join(SCREENS[verbs[name]].done(case) for name in taken))
    if not (form.is_save and "reply" in form.open and form.is_begun("reply")):
        return redirect(landing(user, case))
    messages.warning(request, "答复还没有提交，写好的内容还在这一页，请接着办。")
    return _page(request, user, case, form.renewed(case))


def _conflict(request: HttpRequest, user: User, form: HandlingForm, sentence: str) -> HttpResponse:
    """Everything typed stays; what is still open can be sent again on the newest version."""
    try:
        case = visible_case(user, form.case.pk)
    except Http404:  # taken away from the unit by whoever was faster
        return _lost(request, form.case, form, sentence)
    if not _may_handle(user, case):
        return _lost(request, case, form, sentence, case.get_absolute_url())
    fresh = form.renewed(case)
    typed = list(form.typed(name for name in form.forms if name not in fresh.open))
    return _page(request, user, case, fresh, conflict=sentence, typed=typed, status=409)


def _lost(request: HttpRequest, case: Suggestion, form: HandlingForm, sentence: str, latest: str = "") -> HttpResponse:
    """The steps are not the unit's to take any more: who did that, and what was typed."""
    more = {"conflict": sentence, "typed": list(form.typed()), "latest": latest or reverse("suggestions:list")}
    return step_page(request, case, Verb.REPLY, None, status=409, **more)


def _may_handle(user: User, case: Suggestion) -> bool:
    return can_take(user, case, Verb.REPLY) and not obstacle_to_reply(user, case)


def _page(
    request: HttpRequest, user: User, case: Suggestion, form: HandlingForm | None, *, status: int = 200, **more: object
) -> HttpResponse:
    file = CaseFile.of(case, user, timezone.now())
    written = [row for row in file.rounds[0].replies if row.assignment in {None, *own_assignments(user, case)}]
    context = {
        "case": case,
        "file": file,
        "form": form,
        "parts": form.part() if form else {},
        "round": file.rounds[0],
        "is_answered": any(row.status != ReplyStatus.RETURNED for row in written) and not form,
        "is_returned": bool(written),
        "missing": {item.task for item in missing_for_reply(case)},
        "helpers": [duty for duty in file.duties if duty.assignment.kind == AssignmentKind.CO],
        "templates": offered_templates(case, unit_answering(user, case)) if form else [],
        "lines": [],
        "conflict": "",
        "typed": [],
        "latest": case.get_absolute_url(),
    }
    return render(request, "suggestions/handle.html", context | more, status=status)
