"""Everything but the public pages asks for a login, and keeps what was typed meanwhile."""

import time
from typing import Any

from django.contrib.auth import logout
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponseRedirect
from django.utils.deprecation import MiddlewareMixin

from accounts.resume import keep_typed

SEEN, SINCE = "seen_in_minute", "since_minute"
LASTS_MINUTES = 12 * 60
"""However often somebody is seen: a screen that reloads itself is logged out once a day (reliability.md)."""


class LoginRequired(LoginRequiredMiddleware):
    """Django's middleware; a form posted after the login expired is kept for its return."""

    def handle_no_permission(self, request: HttpRequest, view_func: Any) -> HttpResponseRedirect:
        if request.method == "POST":
            keep_typed(request)
        return super().handle_no_permission(request, view_func)


class KeepSession(MiddlewareMixin):
    """An idle login ends after SESSION_COOKIE_AGE, any login after twelve hours. Being seen is written once a
    minute, not at every click."""

    def process_request(self, request: HttpRequest) -> None:
        minute = int(time.time() // 60)
        if not request.user.is_authenticated or request.session.get(SEEN) == minute:
            return
        request.session[SEEN] = minute
        if minute - request.session.setdefault(SINCE, minute) >= LASTS_MINUTES:
            logout(request)
