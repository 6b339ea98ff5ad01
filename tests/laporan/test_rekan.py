"""Joint actors, hand-over inside a step, rework by unit, and a signer who sends back."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from kinerja.models import Capaian
from laporan.models import Draf, Tugas
from laporan.selectors.putaran import list_perbaikan
from laporan.services.draf import Putusan, finish_tugas
from sakip.common.errors import IsianTidakSah, TransisiDitolak
from tests.laporan.invarian import assert_invarian
from tests.laporan.kantor_contoh import KantorContoh
from tests.laporan.rute import Baris, Kantor, aktif, make_kantor, nomor_kini, satu
from tests.laporan.test_lima_sop import start, walk_to

pytestmark = pytest.mark.django_db
# The last step is signed or sent back; the one before by two people at once.
TANDA_MEMUTUS: list[Baris] = [
    (1, "mulai", "disposisi", satu("kepala"), None),
    (2, "proses", "susun", satu("perencana"), None),
    (3, "keputusan", "tanda_tangan", satu("sekretaris", "kepala"), 2),
]


def buka(client: Client, kantor: KantorContoh, tugas: Tugas) -> str:
    """The page of a turn, as its actor sees it."""
    client.force_login(kantor.mandat(tugas).pengguna)
    return client.get(tugas.get_absolute_url()).content.decode()


def test_joint_actors_see_who_else_must_act(client: Client, now: datetime) -> None:
    kantor, draf = start("kecamatan", now)
    satu_, dua = aktif(walk_to(kantor, draf, 6))
    isi = buka(client, kantor, satu_)
    assert "Dikerjakan bersama" in isi
    assert f"{dua.jabatan}: belum menyelesaikan bagiannya." in isi
    kantor.work(satu_, "ya")
    isi = buka(client, kantor, dua)
    assert f"{satu_.jabatan}: selesai, {Tugas.objects.get(pk=satu_.pk).pelaku_nama}" in isi


def test_the_page_says_who_takes_over_inside_the_step(client: Client, now: datetime) -> None:
    kantor, draf = start("kecamatan", now)
    kasi = aktif(walk_to(kantor, draf, 4))[0]
    isi = buka(client, kantor, kasi)
    assert "langkah 4 diteruskan kepada Kasubag Umum dan Kepegawaian" in " ".join(isi.split())
    assert "ke Kasubag Umum dan Kepegawaian</span>" in isi


def test_the_attachment_is_asked_for_before_sending_and_uploaded_there(
    client: Client, now: datetime
) -> None:
    kantor, draf = start("dprkp2-mojokerto", now)
    kantor.work(aktif(walk_to(kantor, draf, 6))[0], "tidak")
    tugas = aktif(draf)[0]
    isi = buka(client, kantor, tugas)
    assert "Putaran ke-2: lampirkan RTL" in isi
    data = {f"penjelasan-{c.pk}": "Diperbaiki." for c in _baris(tugas)}
    data |= {f"realisasi-{c.pk}": "82" for c in _baris(tugas)}
    data |= {f"versi-{c.pk}": str(c.versi) for c in _baris(tugas)}
    kirim = {"hasil": "lanjut", "aksi": "teruskan", **data}
    tolak = client.post(tugas.get_absolute_url(), kirim)
    assert tolak.status_code == 422
    assert "Perbaikan wajib disertai RTL" in tolak.content.decode()
    data = {f"versi-{c.pk}": str(c.versi) for c in _baris(tugas)}
    berkas = SimpleUploadedFile("rtl.pdf", b"%PDF-1.7\nRTL\n")
    lagi = client.post(tugas.get_absolute_url(), kirim | data | {"perbaikan": berkas})
    assert lagi.status_code == 302
    assert [f.nama_asli for f in Tugas.objects.get(pk=tugas.pk).lampiran.all()] == ["rtl.pdf"]


def _baris(tugas: Tugas) -> list[Capaian]:
    return list(Capaian.objects.filter(formulir=tugas.formulir_id))


def test_the_judge_sees_what_came_back_why_and_what_changed(client: Client, now: datetime) -> None:
    kantor, draf = start("dprkp2-mojokerto", now)
    draf = walk_to(kantor, draf, 6)
    assert list_perbaikan(draf) == []
    unit = aktif(draf)[0].draf.unit["bidang"][0]
    kantor.work(aktif(draf)[0], "tidak", (unit,))
    (tugas,) = aktif(draf)
    assert not list_perbaikan(draf)[0].is_dikirim
    baris = _baris(tugas)[0]
    kantor.fill(tugas, kantor.mandat(tugas))
    Capaian.objects.filter(pk=baris.pk).update(realisasi=None, penjelasan="Lain.")
    kantor.attach(tugas, kantor.mandat(tugas))
    kantor.finish(tugas, kantor.mandat(tugas))
    (hasil,) = list_perbaikan(draf)
    assert (hasil.putaran, hasil.alasan, hasil.is_dikirim) == (2, "Perbaiki angkanya.", True)
    assert f"{baris.indikator.nama}: realisasi 81,5 menjadi kosong" in hasil.perubahan
    assert [satu.nama_asli for satu in hasil.lampiran] == ["rtl.pdf"]
    isi = buka(client, kantor, aktif(draf)[0])
    assert "Perbaikan putaran ke-2" in isi
    assert "rtl.pdf" in isi


def test_each_unit_reads_its_own_reason(client: Client, now: datetime) -> None:
    kantor, draf = start("kota-blitar", now)
    giliran = aktif(walk_to(kantor, draf, 7))
    for n, tugas in enumerate(giliran):
        hasil = "tidak" if n in (0, 1) else "ya"
        mandat = kantor.mandat(tugas)
        putusan = Putusan(hasil=hasil, catatan=f"Alasan {n}." if hasil == "tidak" else "")
        finish_tugas(tugas_id=tugas.pk, aktor=mandat.pengguna, putusan=putusan, now=now)
    for n, tugas in enumerate(aktif(draf)):
        isi = buka(client, kantor, tugas)
        assert f"“Alasan {n}.”" in isi
        assert f"“Alasan {1 - n}.”" not in isi
    alasan = [p.alasan for p in list_perbaikan(Draf.objects.get(pk=draf.pk))]
    assert alasan == ["Alasan 0.", "Alasan 1."]


@pytest.fixture
def meja_tanda(
    bangun: Callable[[list[Baris]], Kantor], now: datetime
) -> tuple[Kantor, Draf, Tugas]:
    """A report before two signers who may send it back."""
    kantor = bangun(TANDA_MEMUTUS)
    draf = kantor.start(now)
    kantor.work_all(draf, now)
    kantor.work_all(draf, now)
    return kantor, draf, aktif(draf)[0]


def test_a_signer_may_send_back_where_the_sop_lets_him_decide(
    client: Client, meja_tanda: tuple[Kantor, Draf, Tugas], now: datetime
) -> None:
    kantor, draf, tugas = meja_tanda
    client.force_login(kantor.pelaku(tugas))
    alamat = tugas.get_absolute_url()
    assert client.get(alamat)["Location"] == reverse("laporan:sign-tugas", args=[tugas.pk])
    assert "Kembalikan tanpa menandatangani" in client.get(f"{alamat}?kembalikan").content.decode()
    kosong = client.post(alamat, {"hasil": "tidak", "catatan": " ", "sebab": "Redaksi"})
    assert kosong.status_code == 422
    assert client.post(alamat, {"hasil": "tidak", "catatan": "Salah."}).status_code == 302
    assert nomor_kini(draf) == 2
    assert_invarian(draf.pk)


def test_a_signature_under_way_is_not_overtaken_and_ya_is_signing_only(
    meja_tanda: tuple[Kantor, Draf, Tugas], now: datetime
) -> None:
    kantor, draf, tugas = meja_tanda
    with pytest.raises(IsianTidakSah, match="tanda tangan elektronik"):
        kantor.work(tugas, now)
    lain = aktif(draf)[1]
    lain.begin_processing()
    lain.save(update_fields=["status"])
    with pytest.raises(TransisiDitolak, match="sedang ditandatangani"):
        kantor.work(tugas, now, "tidak")
    assert_invarian(draf.pk)


def test_a_signer_cannot_send_back_where_the_sop_has_no_tidak(
    client: Client, now: datetime
) -> None:
    kantor = make_kantor(
        [*TANDA_MEMUTUS[:2], (3, "akhir", "tanda_tangan", satu("kepala"), None)], now
    )
    draf = kantor.start(now)
    kantor.work_all(draf, now)
    kantor.work_all(draf, now)
    (tugas,) = aktif(draf)
    with pytest.raises(IsianTidakSah, match="Pilihan itu tidak tersedia"):
        kantor.work(tugas, now, "tidak")
    client.force_login(kantor.pelaku(tugas))
    jawab = client.get(f"{tugas.get_absolute_url()}?kembalikan", follow=True)
    assert "SOP ini tidak memuat pengembalian" in jawab.content.decode()
