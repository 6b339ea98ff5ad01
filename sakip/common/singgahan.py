"""The cache on Redis, without which pages only become slower.

Django's own raises when Redis is down, and waits for its timeout at every call when Redis is
frozen. Here a failure is a miss, and the next seconds do not ask again.
"""

import logging
from collections.abc import Callable
from typing import Any

from django.core.cache.backends import redis
from redis.exceptions import RedisError

from sakip.common.pemutus import Pemutus

logger = logging.getLogger(__name__)
PEMUTUS = Pemutus(detik=8)


class RedisCache(redis.RedisCache):
    """Django's backend; what it cannot ask, it does not know."""

    def add(self, *args: Any, **kwargs: Any) -> bool:
        """False while Redis is away: nothing was added."""
        return bool(_try(super().add, *args, gagal=False, **kwargs))

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:  # noqa: ANN401 - signature of Django
        """The default while Redis is away."""
        return _try(super().get, key, default, version, gagal=default)

    def get_many(self, *args: Any, **kwargs: Any) -> dict[Any, Any]:
        """Nothing found while Redis is away."""
        return dict(_try(super().get_many, *args, gagal={}, **kwargs))

    def set(self, *args: Any, **kwargs: Any) -> None:
        """Forgotten at once while Redis is away."""
        _try(super().set, *args, gagal=None, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> bool:
        """False while Redis is away."""
        return bool(_try(super().delete, *args, gagal=False, **kwargs))

    def incr(self, key: object, delta: int = 1, version: int | None = None) -> int:
        """Raises ValueError while Redis is away, as for a key that ran out."""
        hasil = _try(super().incr, key, delta, version, gagal=None)
        if hasil is None:
            raise ValueError(f"Key {key!r} not found")
        return int(hasil)


def _try(kerja: Callable[..., Any], *args: Any, gagal: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - whatever is cached
    if not PEMUTUS.is_layak():
        return gagal
    try:
        return kerja(*args, **kwargs)
    except RedisError as galat:
        PEMUTUS.trip()
        logger.warning("singgahan_tidak_terjangkau galat=%s", type(galat).__name__)
        return gagal
