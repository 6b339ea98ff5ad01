"""Replaying a trail."""

from laporan.rules.putar_ulang import Posisi, replay


def test_empty_trail_stands_at_konsep() -> None:
    assert replay([]) == Posisi("konsep", None, 0)


def test_position_follows_the_last_opened_step() -> None:
    jejak: list[dict[str, object]] = [
        {"status": "berjalan", "buka": {"langkah": 1, "iterasi": 1}},
        {"status": "berjalan", "buka": {"langkah": 2, "iterasi": 1}},
        {"status": "ditangguhkan"},
    ]
    assert replay(jejak) == Posisi("ditangguhkan", 2, 1)


def test_finished_and_cancelled_drafts_stand_nowhere() -> None:
    buka: dict[str, object] = {"status": "berjalan", "buka": {"langkah": 1, "iterasi": 1}}
    assert replay([buka, {"status": "selesai", "tuntas": True}]) == Posisi("selesai", None, 0)
    assert replay([buka, {"status": "dibatalkan"}]) == Posisi("dibatalkan", None, 0)
