"""Stored files as tests look at them: in a folder of their own."""

from pathlib import Path

from django.core.files.storage import default_storage


def path_of(nama: str) -> Path:
    """Where a stored file lies."""
    return Path(default_storage.path(nama))
