"""我的视图: keep the conditions of a list under a name, rename, reorder and delete what is kept."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.forms import ViewNameForm
from accounts.kept_lists import LISTS, MOST_VIEWS, KeptList, canonical, views_of
from accounts.kept_services import KeptViewError, delete_view, move_view, rename_view, save_view
from accounts.models import SavedView, User
from accounts.resume import typed_before_login
from accounts.session import signed_in

STEPS = {"up": -1, "down": 1}


@require_GET
def view_list(request: HttpRequest, slug: str) -> HttpResponse:
    """The person's own views of one list."""
    return _page(request, signed_in(request), _list_of(slug))


@require_http_methods(["GET", "POST"])
def view_create(request: HttpRequest, slug: str) -> HttpResponse:
    """Asks for the name; the conditions are those of this address."""
    user, of, query = signed_in(request), _list_of(slug), canonical(request.GET)
    form = ViewNameForm(request.POST or None, initial=typed_before_login(request))
    if request.method == "POST" and form.is_valid():
        try:
            view = save_view(user=user, of=of, name=form.cleaned_data["name"], query=query)
        except KeptViewError as error:
            form.add_error("name", str(error))
        else:
            messages.success(request, f"已保存为视图“{view}”。")
            return redirect(f"{of.url}?{query}")
    context = {"form": form, "of": of, "back_url": f"{of.url}?{query}"}
    return render(request, "accounts/view_form.html", context, status=422 if form.errors else 200)


@require_POST
def view_rename(request: HttpRequest, pk: int) -> HttpResponse:
    """Another name; what was typed wrongly is shown again beside the view."""
    user, view = signed_in(request), _own(request, pk)
    form = ViewNameForm.showing(view, request.POST)
    if form.is_valid():
        try:
            rename_view(view=view, name=form.cleaned_data["name"])
        except KeptViewError as error:
            form.add_error("name", str(error))
    if form.errors:
        return _page(request, user, LISTS[view.list_key], wrong=form, renamed=view)
    messages.success(request, f"已改名为“{view}”。")
    return redirect("accounts:view_list", view.list_key)


@require_POST
def view_move(request: HttpRequest, pk: int) -> HttpResponse:
    """One place up or down."""
    view = _own(request, pk)
    if (step := STEPS.get(request.POST.get("to", ""))) is None:
        raise Http404
    move_view(view=view, step=step)
    return redirect(f"{reverse('accounts:view_list', args=[view.list_key])}#view-{view.pk}")


@require_POST
def view_delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Gone for good; the list itself is not touched."""
    view = _own(request, pk)
    delete_view(view=view)
    messages.success(request, f"已删除视图“{view}”。")
    return redirect("accounts:view_list", view.list_key)


def _list_of(slug: str) -> KeptList:
    if slug not in LISTS:
        raise Http404(slug)
    return LISTS[slug]


def _own(request: HttpRequest, pk: int) -> SavedView:
    return get_object_or_404(SavedView.objects.visible_to(signed_in(request)), pk=pk, list_key__in=LISTS)


def _page(
    request: HttpRequest,
    user: User,
    of: KeptList,
    *,
    wrong: ViewNameForm | None = None,
    renamed: SavedView | None = None,
) -> HttpResponse:
    rows = [
        {"view": view, "form": wrong if view == renamed else ViewNameForm.showing(view)} for view in views_of(user, of)
    ]
    context = {"of": of, "rows": rows, "most": MOST_VIEWS, "wrong": wrong}
    return render(request, "accounts/view_list.html", context, status=422 if wrong else 200)
