"""Fixtures that every test may use."""

from datetime import UTC, datetime

import pytest

from tests.kekal import kosongkan_tabel_kekal, lupakan_graf

__all__ = ["kosongkan_tabel_kekal", "lupakan_graf"]


@pytest.fixture
def now() -> datetime:
    """A working moment: Monday 12 October 2026, 09.00 WIB."""
    return datetime(2026, 10, 12, 2, 0, tzinfo=UTC)
