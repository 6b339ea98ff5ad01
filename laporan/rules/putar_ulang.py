"""Rebuilding where a draft stands from its trail alone: the second opinion on the tables."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Posisi:
    """Status, number of the open step (None when none is open) and its round."""

    status: str
    langkah: int | None
    iterasi: int


def replay(rincian: Iterable[Mapping[str, Any]]) -> Posisi:
    """Where the acts lead, oldest first. Each is the `data` of one row of the trail."""
    status, langkah, iterasi = "konsep", None, 0
    for data in rincian:
        status = data["status"]
        if "buka" in data:
            langkah, iterasi = data["buka"]["langkah"], data["buka"]["iterasi"]
        if data.get("tuntas") or status == "dibatalkan":
            langkah, iterasi = None, 0
    return Posisi(status, langkah, iterasi)
