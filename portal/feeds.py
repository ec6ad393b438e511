"""Calendars by secret address: read by telephones, which know no login. A GET changes nothing."""

import logging

from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import http_date
from django.views.decorators.http import require_safe
from redis.exceptions import RedisError

from appointments.feeds import feed_of, owner_of
from representatives.models import Representative

READS, WINDOW = 60, 60 * 60
"""One calendar is handed out so many times in so many seconds: several telephones, no hammering."""
TOO_MANY = 429
logger = logging.getLogger(__name__)


@login_not_required
@require_safe
def calendar(request: HttpRequest, token: str) -> HttpResponse:
    """The duties of whoever the token belongs to. Unknown and revoked tokens: the same 404."""
    person = owner_of(token)
    if person is None:
        raise Http404
    if _is_too_often(person):
        return HttpResponse("读取太频繁，请一小时后再试。", status=TOO_MANY, headers={"Retry-After": str(WINDOW)})
    feed = feed_of(person, timezone.now())
    answer = HttpResponse(feed.content, content_type="text/calendar; charset=utf-8")
    stamp = int(feed.modified_at.timestamp())
    answer["ETag"], answer["Last-Modified"] = feed.etag, http_date(stamp)
    answer["Content-Disposition"] = 'inline; filename="duty.ics"'
    answer["X-Robots-Tag"] = "noindex"
    patch_cache_control(answer, private=True)
    return get_conditional_response(request, etag=feed.etag, last_modified=stamp, response=answer) or answer


def _is_too_often(person: Representative) -> bool:
    """Counted in the cache: nothing is written. A silent cache lets everybody read."""
    key = f"feed:{person.pk}"
    try:
        cache.add(key, 0, WINDOW)
        return cache.incr(key) > READS
    except (RedisError, ValueError) as error:
        logger.warning("feeds are read without a limit: %s", type(error).__name__)
        return False
