"""The bare view: the template of a page, fed rows that are already there, without login, middleware or queries."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.test import Client
from django.test.utils import override_settings, setup_test_environment, teardown_test_environment
from django.urls import include, path

kept: dict[str, tuple[str, dict[str, object]]] = {}


def answer(_request: HttpRequest, name: str) -> HttpResponse:
    """The page kept under `name`."""
    return HttpResponse(render_to_string(*kept[name]))


urlpatterns = [path("bare/<slug:name>/", answer), path("", include("config.urls"))]


def bare(client: Client, address: str, name: str) -> Callable[[], object]:
    """A request for what `address` shows to `client`, kept under `name` and answered by the bare view."""
    setup_test_environment()  # keeps contexts, and slows everything: only here
    response = client.get(address)
    teardown_test_environment()
    assert response.status_code == 200, address
    context = {key: value for layer in response.context for key, value in layer.flatten().items()}
    kept[name] = (response.templates[0].name, context)
    visitor = Client(HTTP_HOST="localhost")
    with override_settings(MIDDLEWARE=[]):
        visitor.handler.load_middleware()
    return lambda: visitor.get(f"/bare/{name}/")
