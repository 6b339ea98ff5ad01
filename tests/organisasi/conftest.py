"""Fixtures of the organisation tests."""

from tests.kekal import kosongkan_tabel_kekal, lupakan_graf

__all__ = ["kosongkan_tabel_kekal", "lupakan_graf"]
