"""One page for every step: GET shows its form, POST takes it."""

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
from suggestions.casefile import visible_case
from suggestions.enums import Capacity, State, Verb
from suggestions.forms.steps import StepForm
from suggestions.models import Suggestion
from suggestions.obstacles import obstacle
from suggestions.permissions import can_take, capacities
from suggestions.refusals import steps_before_reply, ways_on
from suggestions.reply_texts import offered_templates
from suggestions.screens import SCREENS, Screen, act_url
from suggestions.services.readiness import unit_answering
from suggestions.services.steps import ConflictError, MissingStepsError, NotYoursError, StepError, who_was_faster
from suggestions.workflow import find


@require_http_methods(["GET", "POST"])
def act(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Show or take one step. 404: unknown step or case; 403: somebody else's step; 422: not now; 409: too late."""
    if verb not in Verb.values or Verb(verb) not in SCREENS:
        raise Http404
    user, screen = signed_in(request), SCREENS[Verb(verb)]
    try:
        case = visible_case(user, pk)
    except Http404:
        if request.method == "POST":
            return _too_late(request, user, pk, Verb(verb), screen)
        raise
    if request.method == "POST":
        return _take(request, user, case, Verb(verb), screen)
    if refusal := _refusal(user, case, Verb(verb)):
        ways = ways_on(user, case, timezone.now())
        return step_page(request, case, Verb(verb), None, refusal=refusal, ways=ways, status=422)
    form = screen.form(case=case, actor=user, initial=typed_before_login(request))
    form.look_up(request.GET)
    return step_page(request, case, Verb(verb), form)


def _refusal(user: User, case: Suggestion, verb: Verb) -> str:
    """Why the step cannot be begun, "" when it can. Raises PermissionDenied when it is somebody else's."""
    try:
        find(verb, State(case.state), capacities(user, case))
    except NotYoursError as error:
        raise PermissionDenied(str(error)) from error
    except StepError as error:
        return str(error)
    return obstacle(user, case, verb, timezone.now())


def _take(request: HttpRequest, user: User, case: Suggestion, verb: Verb, screen: Screen) -> HttpResponse:
    form = screen.form(request.POST, case=case, actor=user)
    if not form.is_valid():
        if form.is_stale():
            return _conflict(request, user, case, verb, form, who_was_faster(case))
        return step_page(request, case, verb, form, status=422)
    try:
        screen.service(suggestion=case, actor=user, version=form.cleaned_data["version"], **form.arguments())
    except NotYoursError as error:
        raise PermissionDenied(str(error)) from error
    except ConflictError as error:
        return _conflict(request, user, case, verb, form, str(error))
    except MissingStepsError:
        return step_page(request, case, verb, form, lines=steps_before_reply(case), status=422)
    except StepError as error:
        return step_page(request, case, verb, form, lines=[ErrorLine(str(error), "")], status=422)
    case.refresh_from_db()
    messages.success(request, screen.done(case))
    return redirect(landing(user, case))


def _too_late(request: HttpRequest, user: User, pk: int, verb: Verb, screen: Screen) -> HttpResponse:
    """The case was just taken from the user's unit: who did that, and what was typed. Raises Http404 for others."""
    gone = get_object_or_404(Suggestion.objects.just_taken_from(user), pk=pk)
    form = screen.form(request.POST, case=gone, actor=user)
    return _conflict(request, user, gone, verb, form, who_was_faster(gone))


def _conflict(
    request: HttpRequest, user: User, case: Suggestion, verb: Verb, form: StepForm, sentence: str
) -> HttpResponse:
    """Everything typed stays; where the step is still open it can be sent again on the newest version."""
    try:
        case = visible_case(user, case.pk)
    except Http404:  # taken away from the user by whoever was faster
        more = {"conflict": sentence, "typed": list(form.typed()), "latest": reverse("suggestions:list")}
        return step_page(request, case, verb, None, status=409, **more)
    form.renew(case)
    is_open = can_take(user, case, verb) and not obstacle(user, case, verb, timezone.now())
    typed = [] if is_open else list(form.typed())
    return step_page(request, case, verb, form if is_open else None, conflict=sentence, typed=typed, status=409)


def step_page(
    request: HttpRequest, case: Suggestion, verb: Verb, form: StepForm | None, *, status: int = 200, **more: object
) -> HttpResponse:
    """The page of `verb` on `case`: its form, or without one why there is none (see suggestions/act.html)."""
    shown = {"case": case, "screen": SCREENS[verb], "form": form, "action": act_url(case, verb)}
    shown |= {"refusal": "", "ways": [], "conflict": "", "typed": [], "lines": [], "latest": case.get_absolute_url()}
    if verb == Verb.REPLY and form is not None:
        shown["templates"] = offered_templates(case, unit_answering(form.actor, case))
        shown["before"] = [] if more.get("lines") else steps_before_reply(case)
    return render(request, "suggestions/act.html", shown | more, status=status)


def landing(user: User, case: Suggestion) -> str:
    """Where to go on: the case, the unit's task list, the representative's page; the list when it went away."""
    if not Suggestion.objects.visible_to(user).filter(pk=case.pk).exists():
        return reverse("suggestions:list")
    held = capacities(user, case)
    if held == {Capacity.REPRESENTATIVE}:
        return reverse("suggestions:mine", args=[case.pk])
    if Capacity.ASSIGNEE in held and case.state == State.HANDLING:
        return reverse("suggestions:handle", args=[case.pk])
    return case.get_absolute_url()
