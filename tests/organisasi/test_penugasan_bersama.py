"""Two at one post, and two at one act: what is meant, what is refused, what the lock decides."""

from datetime import datetime
from typing import Any

import pytest
from django.db.models import QuerySet
from django.test import Client
from django.urls import reverse

from organisasi.models import Instansi, Jabatan, Penugasan
from organisasi.rules.penugasan import list_janggal
from organisasi.services.kelola import Kelola, open_kelola
from organisasi.services.penugasan import end_penugasan
from sakip.common.errors import AksesDitolak, TransisiDitolak
from tests.factories.organisasi import PenggunaFactory, PenugasanFactory
from tests.organisasi.test_penugasan import DATA, HARI, jabatan, kelola, masa

__all__ = ["jabatan", "kelola"]


def test_stand_in_beside_the_holder_needs_no_second_thought(
    client: Client, kelola: Penugasan, jabatan: Jabatan, now: datetime
) -> None:
    assert list_janggal(masa(jenis="plh", selesai=3), [masa(2)]) == []
    assert list_janggal(masa(), [masa(2, jenis="delegasi", selesai=3)]) == []
    assert list_janggal(masa(jenis="plt"), [masa(2)]) == [masa(2)]
    lama = PenugasanFactory(jabatan=jabatan)
    orang = PenggunaFactory()
    client.force_login(kelola.pengguna)
    isi = {k: DATA[k] for k in ("jenis", "mulai", "terakhir", "dasar")} | {"nip": orang.nip}
    jawab = client.post(reverse("organisasi:appoint", args=[jabatan.pk]), isi, follow=True)
    assert jawab.status_code == 200
    assert f"juga dipegang {lama.pengguna.nama}" in jawab.content.decode()


def test_taking_back_twice_is_a_conflict(
    kelola: Penugasan, jabatan: Jabatan, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    p = PenugasanFactory(jabatan=jabatan, mulai=now + HARI)
    akhir: dict[str, Any] = {"penugasan_id": p.pk, "pada": now, "alasan": "x", "now": now}

    def dahului(**isi: Any) -> Kelola:
        Penugasan.objects.filter(pk=p.pk).delete()
        return open_kelola(**isi)

    monkeypatch.setattr("organisasi.services.penugasan.open_kelola", dahului)
    with pytest.raises(TransisiDitolak, match="sudah dibatalkan"):
        end_penugasan(aktor=kelola.pengguna, **akhir)


def test_mandate_that_ended_while_waiting_for_the_lock_gives_no_right(
    kelola: Penugasan, jabatan: Jabatan, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    kantor = Instansi.objects.filter(pk=kelola.jabatan.instansi_id)

    def kunci() -> QuerySet[Instansi]:
        Penugasan.objects.filter(pk=kelola.pk).update(selesai=now)
        return kantor

    monkeypatch.setattr(Instansi.objects, "select_for_update", kunci)
    with pytest.raises(AksesDitolak):
        open_kelola(instansi_id=kelola.jabatan.instansi_id, aktor=kelola.pengguna, now=now)


def test_overlap_asks_before_it_is_stored(
    client: Client, kelola: Penugasan, jabatan: Jabatan
) -> None:
    PenugasanFactory(jabatan=jabatan)
    client.force_login(kelola.pengguna)
    alamat = reverse("organisasi:appoint", args=[jabatan.pk])
    data = DATA | {"jenis": "definitif"}
    jawab = client.post(alamat, data)
    assert jawab.status_code == 422
    assert 'name="bersama"' in jawab.content.decode()
    assert "ringkasan-galat" not in jawab.content.decode()
    assert client.post(alamat, data | {"bersama": "on"}).status_code == 200
    assert jabatan.penugasan.count() == 2
