"""Each kind of step of the five SOPs on its page: for its actor, and not for a colleague."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kinerja.models import Capaian
from laporan.models import BabNaskah, Draf, Tugas
from laporan.rules.tindakan import Halaman, choose_laku
from laporan.services.draf import LaporanBaru
from tests.laporan.kantor_contoh import JALAN, KantorContoh, load_kantor, reach
from tests.laporan.rute import aktif

pytestmark = pytest.mark.django_db

HARI = timezone.localdate() - timedelta(days=1)
UNDANGAN = {
    "bagian": "undangan",
    "acara": "Pembahasan",
    "tanggal": str(HARI),
    "mulai": "09:00",
    "tempat": "Aula",
    "lain": "Budi Santoso, S.T.; Camat",
}
ISIAN: dict[Halaman, dict[str, str]] = {
    Halaman.DISPOSISI: {"catatan": "Laksanakan."},
    Halaman.RAPAT: {
        "bagian": "notulen",
        "pimpinan": "Budi",
        "notulen": "<p>Sepakat.</p>",
        "tambahan": "Sari",
    },
    Halaman.SURAT: {
        "nomor": "000/1/2026",
        "tanggal": str(HARI),
        "tujuan": "Wali Kota",
        "perihal": "Penyampaian",
        "isi": "Bersama ini disampaikan laporan.",
    },
    Halaman.PENGGANDAAN: {
        "oleh": "Puput",
        "tanggal": str(HARI),
        "salinan-TOTAL_FORMS": "1",
        "salinan-INITIAL_FORMS": "0",
        "salinan-0-untuk": "Bappeda",
        "salinan-0-jumlah": "2",
    },
    Halaman.ARSIP: {
        "klasifikasi": "000.8.6",
        "uraian": "Laporan kinerja",
        "lokasi": "Lemari 1",
        "retensi": "2 tahun",
    },
}


def halaman(tugas: Tugas) -> Halaman:
    """Kind of page of the turn."""
    tindakan = tugas.kunjungan.langkah.tindakan
    return choose_laku(tindakan, berformulir=tugas.formulir_id is not None).halaman


def kiriman(tugas: Tugas) -> dict[str, Any]:
    """What the form of that page sends when it is filled in."""
    hasil = "ya" if tugas.kunjungan.langkah.simbol == "keputusan" else "lanjut"
    data = {"aksi": "teruskan", "hasil": hasil, "catatan": "", **ISIAN.get(halaman(tugas), {})}
    for c in Capaian.objects.filter(formulir=tugas.formulir_id or 0):
        data |= {f"realisasi-{c.pk}": reach(c), f"penjelasan-{c.pk}": "Sesuai rencana."}
        data |= {f"{n}-{c.pk}": "Sesuai rencana." for n in ("kendala", "solusi", "rencana")}
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
    if halaman(tugas) == Halaman.RAPAT and 'value="undangan"' in buka.content.decode():
        penanda = {"penanda": str(kantor.mandat(tugas).pk), "aksi": "simpan"}
        if "Ubah undangan" not in buka.content.decode():
            assert client.post(alamat, UNDANGAN | penanda)["Location"] == alamat
            assert client.get(alamat).status_code == 200
    if "f-dibaca" in buka.content.decode():
        bukti = buka.context["koreksi"].bukti
        client.post(reverse("laporan:read-versi", args=[tugas.draf_id]), {"bukti": bukti})
    # What every report has to say in words; the parts have a page of their own to be typed on.
    BabNaskah.objects.filter(draf=tugas.draf_id, is_wajib=True, isi="").update(isi="<p>Isi.</p>")
    kantor.judge(tugas)
    kirim = client.post(alamat, kiriman(tugas) | {"penanda": str(kantor.mandat(tugas).pk)})
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
