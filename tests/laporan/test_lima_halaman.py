"""Each kind of step of the five SOPs on its page: for its actor, and not for a colleague."""

from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from kinerja.models import Capaian
from laporan.models import Draf, Tugas
from laporan.rules.tindakan import TINDAKAN, Halaman
from laporan.services.draf import LaporanBaru
from tests.laporan.kantor_contoh import JALAN, KantorContoh, load_kantor
from tests.laporan.rute import aktif

pytestmark = pytest.mark.django_db

ISIAN: dict[Halaman, dict[str, str]] = {
    Halaman.RAPAT: {"tanggal": "2026-10-12", "tempat": "Aula", "notulen": "Sepakat."},
    Halaman.CATAT: {"keterangan": "Nomor 000/1/2026."},
}


def halaman(tugas: Tugas) -> Halaman:
    """Kind of page of the turn."""
    return TINDAKAN[tugas.kunjungan.langkah.tindakan].halaman


def kiriman(tugas: Tugas) -> dict[str, Any]:
    """What the form of that page sends when it is filled in."""
    hasil = "ya" if tugas.kunjungan.langkah.simbol == "keputusan" else "lanjut"
    data = {"aksi": "teruskan", "hasil": hasil, "catatan": "", **ISIAN.get(halaman(tugas), {})}
    for c in Capaian.objects.filter(formulir=tugas.formulir_id or 0):
        data |= {f"realisasi-{c.pk}": "81,5", f"penjelasan-{c.pk}": "Sesuai rencana."}
        data |= {f"versi-{c.pk}": str(c.versi)}
    return data


def work_on_page(client: Client, kantor: KantorContoh, tugas: Tugas) -> None:
    """Open and finish a turn as its actor; a colleague is refused both."""
    alamat = reverse("laporan:work-tugas", args=[tugas.pk])
    client.force_login(kantor.rekan(tugas))
    assert client.get(alamat).status_code == 403
    assert client.post(alamat, kiriman(tugas)).status_code == 403
    client.force_login(kantor.mandat(tugas).pengguna)
    buka = client.get(alamat, follow=True)
    assert buka.status_code == 200
    assert "Galat" not in buka.content.decode()
    if halaman(tugas) == Halaman.TANDA_TANGAN:
        kantor.work(tugas)
        return
    kirim = client.post(alamat, kiriman(tugas))
    assert (kirim.status_code, kirim.headers.get("Location")) == (302, "/"), kirim.content


@pytest.mark.parametrize("jalan", JALAN)
def test_every_step_opens_and_finishes_on_its_page(
    client: Client, jalan: str, now: datetime
) -> None:
    kode, laporan, langkah = JALAN[jalan]
    kantor = load_kantor(kode, now)
    draf = kantor.start(laporan)
    lalu = set()
    while draf.is_aktif:
        tugas = aktif(draf)[0]
        lalu.add(tugas.kunjungan.langkah.nomor)
        work_on_page(client, kantor, tugas)
        draf = Draf.objects.select_related("versi").get(pk=draf.pk)
    assert sorted(lalu) == langkah
    assert draf.status == Draf.Status.SELESAI


def test_figures_handed_in_elsewhere_are_shown_and_sent_on(client: Client, now: datetime) -> None:
    kantor = load_kantor("kecamatan-dawarblandong", now)
    agustus, september = (kantor.start(LaporanBaru("bulanan", 2026, n)) for n in (8, 9))
    for draf in (agustus, september):
        for _ in range(3):
            kantor.work(aktif(draf)[0])
    kantor.work(aktif(agustus)[0])
    tugas = aktif(september)[0]
    client.force_login(kantor.mandat(tugas).pengguna)
    alamat = reverse("laporan:work-tugas", args=[tugas.pk])
    isi = client.get(alamat).content.decode()
    assert "81,5" in isi
    assert 'name="realisasi-' not in isi
    assert client.post(alamat, {"hasil": "lanjut", "aksi": "teruskan"}).status_code == 302
    assert Tugas.objects.get(pk=tugas.pk).status == Tugas.Status.SELESAI
