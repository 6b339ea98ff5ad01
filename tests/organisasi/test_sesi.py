"""Sessions hold in every process at once."""

from django.conf import settings


def test_sessions_do_not_live_in_the_memory_of_one_process() -> None:
    """A worker with a copy of its own would keep a person signed in who has signed out."""
    sendiri = settings.CACHES["default"]["BACKEND"].endswith("LocMemCache")
    lewat_cache = "cache" in settings.SESSION_ENGINE
    assert not (sendiri and lewat_cache)
