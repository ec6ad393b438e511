"""Everything but the public pages asks for a login, and keeps what was typed meanwhile."""

from typing import Any

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponseRedirect

from accounts.resume import keep_typed


class LoginRequired(LoginRequiredMiddleware):
    """Django's middleware; a form posted after the login expired is kept for its return."""

    def handle_no_permission(self, request: HttpRequest, view_func: Any) -> HttpResponseRedirect:
        if request.method == "POST":
            keep_typed(request)
        return super().handle_no_permission(request, view_func)
