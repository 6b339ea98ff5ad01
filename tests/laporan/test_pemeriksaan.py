"""The verifying step of an SOP, through its page: row by row, only the unit at fault comes back."""

from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse

from kinerja.models import Capaian, FormulirCapaian
from laporan.models import Draf, Tugas
from laporan.selectors.pemeriksaan import list_formulir_draf
from laporan.services.draf import LaporanBaru
from tests.factories.kinerja import FormulirFactory
from tests.laporan.invarian import assert_invarian
from tests.laporan.kantor_contoh import KantorContoh, load_kantor
from tests.laporan.rute import aktif, nomor_kini

pytestmark = pytest.mark.django_db


@pytest.fixture
def kantor(now: datetime) -> KantorContoh:
    """DPRKP2, whose Perencana verifies at step 5 and decides at step 6."""
    return load_kantor("dprkp2-mojokerto", now)


@pytest.fixture
def draf(kantor: KantorContoh) -> Draf:
    """A draft that waits for the decision about its figures."""
    draf = walk_to(kantor, kantor.start(LaporanBaru("triwulan", 2026, 3)), 6)
    Capaian.objects.update(periksa="")  # what step 5 passed on
    return draf


def walk_to(kantor: KantorContoh, draf: Draf, nomor: int) -> Draf:
    """Go on until the draft lies at step `nomor`."""
    while nomor_kini(draf) != nomor:
        draf = kantor.work(aktif(draf)[0])
    return draf


def open_page(client: Client, kantor: KantorContoh, draf: Draf) -> tuple[Tugas, str]:
    """Sign in as the actor of the turn; the turn and its page."""
    (tugas,) = aktif(draf)
    client.force_login(kantor.mandat(tugas).pengguna)
    return tugas, reverse("laporan:work-tugas", args=[tugas.pk])


def rows(draf: Draf, kode: str) -> list[Capaian]:
    """Rows of the latest form of a unit."""
    (formulir,) = [f for f in list_formulir_draf(draf) if f.unit.kode == kode]
    return list(Capaian.objects.filter(formulir=formulir).order_by("pk"))


def status(draf: Draf) -> dict[tuple[str, int], str]:
    """Status of every form by unit and round."""
    daftar = FormulirCapaian.objects.filter(unit__instansi=draf.instansi).select_related("unit")
    return {(f.unit.kode, f.putaran): f.status for f in daftar}


def mark(c: Capaian, tanda: str, catatan: str = "") -> dict[str, str]:
    """A verdict as the page posts it."""
    isi = {"periksa": tanda, "catatan": catatan, "versi": str(c.versi)}
    return {f"{nama}-{c.pk}": nilai for nama, nilai in isi.items()}


def test_only_the_unit_with_a_faulty_row_comes_back_and_answers_with_rtl(
    client: Client, kantor: KantorContoh, draf: Draf
) -> None:
    tugas, alamat = open_page(client, kantor, draf)
    salah, *_sisa = rows(draf, "PERKIM")
    benar = rows(draf, "HUB")
    tanda = mark(salah, "perbaiki", "Cocokkan dengan BA.")
    for c in benar:
        tanda |= mark(c, "sesuai")
    kirim = {"hasil": "tidak", "naskah_urut": str(draf.naskah_urut), "kunci": "kembali-0001"}
    assert client.post(alamat, tanda | kirim).status_code == 302
    tugas.refresh_from_db()
    assert tugas.catatan.endswith("Cocokkan dengan BA.")
    draf = Draf.objects.get(pk=draf.pk)
    (kembali,) = aktif(draf)
    assert kembali.unit
    assert kembali.unit.kode == "PERKIM"
    assert status(draf)[("PERKIM", 1)] == "dikembalikan"
    assert status(draf)[("PERKIM", 2)] == "draf"
    assert status(draf)[("HUB", 1)] == "diverifikasi"
    assert_invarian(draf.pk)
    client.force_login(kantor.mandat(kembali).pengguna)
    isi = client.get(reverse("laporan:work-tugas", args=[kembali.pk])).content.decode()
    assert "Dikembalikan: 1 indikator perlu diperbaiki" in isi
    assert "Dikembalikan untuk diperbaiki" not in isi
    assert "Cocokkan dengan BA." in isi
    baru = rows(draf, "PERKIM")[0]
    assert f'name="rtl-{baru.pk}"' in isi


def test_the_second_round_shows_last_value_note_and_answer(
    client: Client, kantor: KantorContoh, draf: Draf
) -> None:
    (tugas,) = aktif(draf)
    salah = rows(draf, "PERKIM")[0]
    Capaian.objects.filter(pk=salah.pk).update(
        periksa="perbaiki", catatan_pemeriksa="Cocokkan.", realisasi="70"
    )
    draf = kantor.work(tugas, "tidak")
    baru = rows(draf, "PERKIM")[0]
    Capaian.objects.filter(pk=baru.pk).update(rtl="Sudah dicocokkan.")
    draf = walk_to(kantor, draf, 6)
    _tugas, alamat = open_page(client, kantor, draf)
    isi = client.get(alamat).content.decode()
    for kata in ("Cocokkan.", "Sudah dicocokkan.", "Putaran ke-2"):
        assert kata in isi
    assert '<del><span class="hanya-baca">sebelumnya </span>70</del>' in isi
    assert '<ins><span class="hanya-baca">menjadi </span>81,5</ins>' in isi


def test_agreeing_while_a_row_needs_work_is_refused_with_the_verdicts_kept(
    client: Client, kantor: KantorContoh, draf: Draf
) -> None:
    tugas, alamat = open_page(client, kantor, draf)
    c = rows(draf, "PERKIM")[0]
    data = mark(c, "perbaiki", "Ganjil.") | {"hasil": "ya"}
    jawab = client.post(alamat, data)
    assert jawab.status_code == 422
    assert "Masih ada baris bertanda perlu perbaikan" in jawab.content.decode()
    c.refresh_from_db()
    assert c.periksa == "perbaiki"
    assert Tugas.objects.get(pk=tugas.pk).status == "aktif"


def test_a_verdict_without_reason_is_named_and_nothing_moves(
    client: Client, kantor: KantorContoh, draf: Draf
) -> None:
    tugas, alamat = open_page(client, kantor, draf)
    c = rows(draf, "PERKIM")[0]
    jawab = client.post(alamat, mark(c, "perbaiki") | {"hasil": "tidak"})
    assert jawab.status_code == 422
    assert "Pilih atau tuliskan apa yang harus diperbaiki pada baris ini." in jawab.content.decode()
    assert Tugas.objects.get(pk=tugas.pk).status == "aktif"
    lagi = client.get(alamat).content.decode()
    assert f'name="periksa-{c.pk}" value="perbaiki" checked' in lagi
    assert "Pilih atau tuliskan apa yang harus diperbaiki pada baris ini." in lagi


def test_agreeing_verifies_and_locks_every_form(
    client: Client, kantor: KantorContoh, draf: Draf
) -> None:
    tugas, alamat = open_page(client, kantor, draf)
    kantor.judge(tugas)
    assert client.post(alamat, {"hasil": "ya", "kunci": "setuju-0001"}).status_code == 302
    assert set(status(draf).values()) == {"diverifikasi"}


def test_agreeing_marks_no_row_that_nobody_has_judged(
    client: Client, kantor: KantorContoh, draf: Draf
) -> None:
    _tugas, alamat = open_page(client, kantor, draf)
    n = len(rows(draf, "PERKIM"))
    jawab = client.post(alamat, {"hasil": "ya", "kunci": "setuju-0001"})
    assert jawab.status_code == 422
    isi = jawab.content.decode()
    assert f"Permukiman: {n} baris belum diberi tanda. Tandai, atau tekan Sisanya sesuai." in isi
    assert f"Sisanya sesuai (<span data-jumlah>{n}</span> baris)" in isi
    assert set(status(draf).values()) == {"diajukan"}
    assert set(Capaian.objects.values_list("periksa", flat=True)) == {""}


def test_a_form_that_another_report_sent_back_is_waited_for(
    client: Client, kantor: KantorContoh, draf: Draf
) -> None:
    tugas, alamat = open_page(client, kantor, draf)
    kantor.judge(tugas)
    lama = rows(draf, "PERKIM")[0].formulir
    lama.send_back(alasan="Perbaiki.", now=kantor.now)
    lama.save()
    FormulirFactory(unit=lama.unit, tahun=2026, triwulan=3, putaran=2)
    jawab = client.post(alamat, {"hasil": "ya", "kunci": "setuju-0001"})
    assert jawab.status_code == 422
    assert f"sedang diperbaiki unitnya: {lama.unit.nama}." in jawab.content.decode()


def test_another_report_of_the_period_shares_the_form_that_was_handed_in(
    client: Client, kantor: KantorContoh, draf: Draf
) -> None:
    diajukan = set(FormulirCapaian.objects.values_list("pk", "status"))
    Draf.objects.filter(pk=draf.pk).update(jenis="semester", periode_ke=2)
    lain = walk_to(kantor, kantor.start(LaporanBaru("triwulan", 2026, 3)), 4)
    assert set(FormulirCapaian.objects.values_list("pk", "status")) == diajukan
    assert {t.formulir_id for t in aktif(lain)} == {pk for pk, _status in diajukan}
    tugas = aktif(lain)[0]
    client.force_login(kantor.mandat(tugas).pengguna)
    isi = client.get(reverse("laporan:work-tugas", args=[tugas.pk])).content.decode()
    assert "Laporan ini memakai angka yang sama" in isi
    lain = walk_to(kantor, lain, 5)
    assert set(FormulirCapaian.objects.values_list("pk", "status")) == diajukan


def test_verdicts_are_saved_without_deciding_and_typed_words_stay(
    client: Client, kantor: KantorContoh, draf: Draf
) -> None:
    _tugas, alamat = open_page(client, kantor, draf)
    c = rows(draf, "PERKIM")[0]
    data = mark(c, "sesuai") | {"aksi": "simpan"}
    assert client.post(alamat, data)["Location"] == alamat
    jawab = client.post(alamat, data | {"catatan": "Masih kutimbang."})
    assert "Masih kutimbang." in jawab.content.decode()
    c.refresh_from_db()
    assert c.periksa == "sesuai"


def test_verified_figures_are_opened_again_when_a_later_tidak_names_their_unit(
    kantor: KantorContoh, draf: Draf
) -> None:
    salah = rows(draf, "PERKIM")[0]
    Capaian.objects.filter(pk=salah.pk).update(periksa="perbaiki", catatan_pemeriksa="Cocokkan.")
    Capaian.objects.exclude(formulir=salah.formulir_id).update(periksa="sesuai")
    draf = kantor.work(aktif(draf)[0], "tidak")
    baru = rows(draf, "PERKIM")[0]
    Capaian.objects.filter(pk=baru.pk).update(rtl="Sudah.")
    draf = walk_to(kantor, draf, 6)
    (tugas,) = aktif(draf)
    hub = next(f for f in list_formulir_draf(draf) if f.unit.kode == "HUB")
    draf = kantor.work(tugas, "tidak", (hub.unit_id,))
    assert status(draf)[("HUB", 1)] == "diverifikasi"
    ulang = FormulirCapaian.objects.get(unit=hub.unit_id, putaran=2)
    assert (ulang.status, ulang.alasan_buka) == ("draf", "Perbaiki angkanya.")
    assert [t.unit_id for t in aktif(draf)] == [hub.unit_id]


def test_verifying_as_a_plain_step_keeps_verdicts_and_decides_nothing(
    client: Client, kantor: KantorContoh
) -> None:
    draf = walk_to(kantor, kantor.start(LaporanBaru("triwulan", 2026, 3)), 5)
    tugas, alamat = open_page(client, kantor, draf)
    c = rows(draf, "PERKIM")[0]
    data = mark(c, "perbaiki", "Ganjil.") | {"hasil": "lanjut"}
    assert client.post(alamat, data).status_code == 422
    assert Tugas.objects.get(pk=tugas.pk).status == "aktif"
    kantor.judge(tugas)
    assert client.post(alamat, {"hasil": "lanjut"}).status_code == 302
    assert set(status(draf).values()) == {"diajukan"}
    draf = Draf.objects.get(pk=draf.pk)
    _tugas, alamat = open_page(client, kantor, draf)
    assert "Ganjil." in client.get(alamat).content.decode()


def test_a_unit_that_decides_on_its_own_figures_verifies_nothing(
    client: Client, now: datetime
) -> None:
    kantor = load_kantor("kota-blitar", now)
    draf = walk_to(kantor, kantor.start(LaporanBaru("triwulan", 2026, 3)), 7)
    tugas = aktif(draf)[0]
    client.force_login(kantor.mandat(tugas).pengguna)
    alamat = reverse("laporan:work-tugas", args=[tugas.pk])
    isi = client.get(alamat).content.decode()
    assert "Anda yang mengisi atau mengajukan capaian ini" in isi
    assert 'value="perbaiki"' not in isi
    assert client.post(alamat, {"hasil": "ya"}).status_code == 302
    assert set(status(draf).values()) == {"diajukan"}
