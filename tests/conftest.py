"""Fixtures that every test may use."""

from datetime import UTC, datetime

import pytest


@pytest.fixture
def now() -> datetime:
    """A working moment: Monday 12 October 2026, 09.00 WIB."""
    return datetime(2026, 10, 12, 2, 0, tzinfo=UTC)
