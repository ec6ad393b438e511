"""An expired login must not cost anybody their words: what was posted waits until they have logged in again."""

import json
import time
from typing import Any

from django.http import HttpRequest, QueryDict

from accounts.encryption import cipher

KEY = "typed_before_login"
KEPT_SECONDS = 30 * 60
MAX_BYTES = 64 * 1024
SECRETS = frozenset({"csrfmiddlewaretoken", "password"})


def as_initial(posted: QueryDict) -> dict[str, Any]:
    """What was posted, but for secrets, as the `initial` of its form: several ticks of one name stay a list."""
    return {name: values if len(values) > 1 else values[0] for name, values in posted.lists() if name not in SECRETS}


def keep_typed(request: HttpRequest) -> None:
    """Keep an anonymous POST in the visitor's session, encrypted, for half an hour; the newest one wins."""
    text = json.dumps({"path": request.path, "at": time.time(), "typed": as_initial(request.POST)})
    if len(text) <= MAX_BYTES:
        request.session[KEY] = cipher().encrypt(text.encode()).decode()


def typed_before_login(request: HttpRequest) -> dict[str, Any]:
    """What was typed on this very address before the login expired: the `initial` of its form. Read once."""
    if KEY not in request.session or request.method != "GET":
        return {}
    kept = json.loads(cipher().decrypt(request.session[KEY].encode()))
    if kept["path"] != request.path:
        return {}
    del request.session[KEY]
    is_fresh = time.time() - kept["at"] <= KEPT_SECONDS
    return dict(kept["typed"]) if is_fresh else {}
