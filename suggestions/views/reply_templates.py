"""Settings of the county: texts its units may begin a reply from."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.enums import Role
from accounts.models import Organization, User
from accounts.resume import typed_before_login
from accounts.session import signed_in
from suggestions import services
from suggestions.forms.reply_templates import ReplyTemplateForm
from suggestions.models import ReplyTemplate
from suggestions.permissions import can_set_templates


@require_GET
def template_list(request: HttpRequest) -> HttpResponse:
    """Every template of the county, by category."""
    county = _county(signed_in(request))
    rows = ReplyTemplate.objects.filter(county=county)
    return render(request, "suggestions/template_list.html", {"county": county, "rows": rows})


@require_http_methods(["GET", "POST"])
def template_create(request: HttpRequest) -> HttpResponse:
    """A new one."""
    return _edit(request, ReplyTemplate(county=_county(signed_in(request))))


@require_http_methods(["GET", "POST"])
def template_update(request: HttpRequest, pk: int) -> HttpResponse:
    """Another wording."""
    return _edit(request, _own(signed_in(request), pk))


@require_POST
def template_delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Take it off the list."""
    template = _own(signed_in(request), pk)
    services.delete_template(template=template, actor=signed_in(request))
    messages.success(request, f"已删去模板“{template.name}”，已经提交的答复不受影响。")
    return redirect("suggestions:template_list")


def _edit(request: HttpRequest, template: ReplyTemplate) -> HttpResponse:
    form = ReplyTemplateForm(request.POST or None, instance=template, initial=typed_before_login(request))
    if request.method == "POST" and form.is_valid():
        services.save_template(template=form.instance, actor=signed_in(request))
        messages.success(request, f"已保存模板“{form.instance.name}”。")
        return redirect("suggestions:template_list")
    status = 422 if form.errors else 200
    return render(request, "suggestions/template_form.html", {"form": form, "template": template}, status=status)


def _county(user: User) -> Organization:
    """The county whose office `user` works in. Raises PermissionDenied for everybody else."""
    if not can_set_templates(user):
        raise PermissionDenied("答复模板由党联办设置。")
    return Organization.objects.filter(pk__in=user.scope.counties[Role.COUNTY_OFFICE]).order_by("code")[0]


def _own(user: User, pk: int) -> ReplyTemplate:
    """A template of the own county. Raises PermissionDenied, or Http404 for one of another county."""
    found: ReplyTemplate = get_object_or_404(ReplyTemplate.objects.visible_to(user), pk=pk, county=_county(user))
    return found
