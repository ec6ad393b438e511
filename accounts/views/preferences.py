"""个人设置: what each person settles for themselves."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.forms import PreferencesForm
from accounts.services import choose_shortcuts
from accounts.session import signed_in


@require_http_methods(["GET", "POST"])
def preferences(request: HttpRequest) -> HttpResponse:
    """Everybody with an account, for themselves alone."""
    user = signed_in(request)
    if request.method == "POST":
        form = PreferencesForm(request.POST)
        form.is_valid()
        choose_shortcuts(user=user, wanted=form.cleaned_data["uses_shortcuts"])
        messages.success(request, "设置已保存。")
        return redirect("accounts:preferences")
    form = PreferencesForm(initial={"uses_shortcuts": user.uses_shortcuts})
    return render(request, "accounts/preferences.html", {"form": form})
