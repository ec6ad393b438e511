"""Settings of the county: ready phrases for writing down visits."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.enums import Role
from accounts.models import Organization
from accounts.resume import typed_before_login
from accounts.session import signed_in
from appointments.enums import Category
from appointments.forms.phrases import PhrasesForm, category_of
from appointments.permissions import can_set_phrases
from appointments.phrases import phrases_of
from appointments.services import set_phrases


@require_http_methods(["GET", "POST"])
def phrases(request: HttpRequest) -> HttpResponse:
    """One category at a time (`?category=`)."""
    user = signed_in(request)
    if not can_set_phrases(user):
        raise PermissionDenied("常用语由党联办设置。")
    county = Organization.objects.filter(pk__in=user.scope.counties[Role.COUNTY_OFFICE]).order_by("code")[0]
    category = category_of(request.GET.get("category", ""))
    now = next(group for group in phrases_of(county) if group.category == category)
    initial = {"matter": "\n".join(now.matter), "answer": "\n".join(now.answer)} | typed_before_login(request)
    form = PhrasesForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        set_phrases(county=county, category=category, texts=form.texts, actor=user)
        messages.success(request, f"已保存“{category.label}”的常用语。")
        return redirect(f"{reverse('appointments:phrases')}?category={category}")
    context = {"form": form, "category": category, "categories": list(Category), "county": county}
    return render(request, "appointments/phrases.html", context, status=422 if form.errors else 200)
