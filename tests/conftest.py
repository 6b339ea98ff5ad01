"""Fixtures that every test may use."""

from collections.abc import Iterable
from datetime import UTC, datetime

import pytest
from django.core.cache import cache
from hypothesis import HealthCheck, settings

from sakip.common.perantara import PERANTARA
from tests.kekal import kosongkan_tabel_kekal, lupakan_graf

__all__ = ["kosongkan_tabel_kekal", "lupakan_graf"]


# Examples are judged by what they show, not by how busy the machine is.
settings.register_profile("sakip", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("sakip")


def pytest_collection_modifyitems(items: Iterable[pytest.Item]) -> None:
    """Noting every line doubles the time of a test.

    Asking every address as everybody tries no branch that the tests of the rooms do not.
    """
    for item in items:
        if "negeri" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.no_cover)


@pytest.fixture(autouse=True)
def hitungan_baru() -> None:
    """What one test asked for, or found broken, does not count against the next."""
    cache.clear()
    PERANTARA.reset()


@pytest.fixture
def now() -> datetime:
    """A working moment: Monday 12 October 2026, 09.00 WIB."""
    return datetime(2026, 10, 12, 2, 0, tzinfo=UTC)
