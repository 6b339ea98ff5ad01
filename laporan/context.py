"""The count of waiting work in the frame of every page."""

from typing import Any

from django.http import HttpRequest


def meja(request: HttpRequest) -> dict[str, Any]:
    """Number of tasks that wait for the signed-in person."""
    return {}
