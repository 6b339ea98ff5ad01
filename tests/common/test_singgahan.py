"""A cache that is away: pages go on, and only the first call waits for it."""

from collections.abc import Iterator

import pytest
from django.core.cache.backends import redis
from django.test import RequestFactory
from redis import exceptions

from sakip.common import takaran
from sakip.common.singgahan import PEMUTUS, RedisCache
from sakip.common.takaran import require_takaran


@pytest.fixture
def jauh() -> Iterator[RedisCache]:
    """A Redis where nobody listens."""
    PEMUTUS.reset()
    yield RedisCache("redis://127.0.0.1:1/0", {})
    PEMUTUS.reset()


def test_what_cannot_be_asked_is_not_known(jauh: RedisCache) -> None:
    jauh.set("a", 1)
    assert jauh.get("a") is None
    assert jauh.get("a", "bawaan") == "bawaan"
    assert jauh.get_many(["a"]) == {}
    assert jauh.add("a", 1) is False
    assert jauh.delete("a") is False
    with pytest.raises(ValueError, match="not found"):
        jauh.incr("a")


def test_only_the_first_call_waits(jauh: RedisCache, monkeypatch: pytest.MonkeyPatch) -> None:
    dicoba = []

    def beku(*_args: object, **_lain: object) -> None:
        dicoba.append(1)
        raise exceptions.TimeoutError

    monkeypatch.setattr(redis.RedisCache, "get", beku)
    for _kali in range(5):
        assert jauh.get("a", "bawaan") == "bawaan"
    assert len(dicoba) == 1
    PEMUTUS.reset()
    jauh.get("a")
    assert len(dicoba) == 2


def test_a_stranger_is_let_in_while_nobody_can_count(
    jauh: RedisCache, monkeypatch: pytest.MonkeyPatch, rf: RequestFactory
) -> None:
    monkeypatch.setattr(takaran, "cache", jauh)
    for _kali in range(3):
        require_takaran(rf.get("/"), "uji", maks=1, detik=60)
