"""How often one address may send something, counted in the cache."""

import logging

from django.core.cache import cache
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)


def is_too_often(key: str, most: int, seconds: int) -> bool:
    """Count one more act of `key`; True above `most` within `seconds`.

    A cache that does not answer stops nobody: what people send is saved all the same (reliability.md).
    """
    try:
        cache.add(key, 0, timeout=seconds)
        return cache.incr(key) > most
    except (RedisError, ValueError) as error:  # ValueError: the key ended between the two calls
        logger.warning("throttle off: %s", type(error).__name__)
        return False
