"""In and out: login, logout, and the pages for those who are refused."""

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.enums import AuditAction
from accounts.forms import LoginForm
from accounts.models import User
from accounts.resume import KEY
from accounts.services import home_county, record_audit


class Login(LoginView):
    """Open to everybody; what was typed before an expired login waits behind it."""

    form_class = LoginForm
    template_name = "accounts/login.html"
    redirect_authenticated_user = True

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        response = super().form_valid(form)
        user = self.request.user
        assert isinstance(user, User)
        record_audit(action=AuditAction.LOGIN, actor=user, county=home_county(user))
        return response

    def form_invalid(self, form: AuthenticationForm) -> HttpResponse:
        """No audit of names that do not exist: people type passwords into the wrong field."""
        user = User.objects.filter(username=form.data.get("username", "")).first()
        if user is not None:
            record_audit(
                action=AuditAction.LOGIN_FAILED, actor=None, actor_name=user.username, county=home_county(user)
            )
        return super().form_invalid(form)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        accounts = settings.DEMO_ACCOUNTS.items() if settings.DEMO_MODE else ()
        return super().get_context_data(**kwargs) | {
            "demo_accounts": accounts,
            "demo_password": settings.DEMO_PASSWORD if settings.DEMO_MODE else "",
            "has_expired": KEY in self.request.session,
        }


class Logout(LogoutView):
    """POST only."""

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if isinstance(request.user, User):
            record_audit(action=AuditAction.LOGOUT, actor=request.user, county=home_county(request.user))
        return super().post(request, *args, **kwargs)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: says why where a reason was given, and leaves a trace in the audit log."""
    user = request.user if isinstance(request.user, User) else None
    record_audit(
        action=AuditAction.REFUSED,
        actor=user,
        actor_name="" if user else "访客",
        subject=f"{request.method} {request.path}",
        county=home_county(user),
    )
    return render(request, "403.html", {"reason": str(exception)}, status=403)


@login_not_required
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's token no longer fits: the page is too old, or the login changed in another window."""
    return render(request, "accounts/page_too_old.html", status=403)
