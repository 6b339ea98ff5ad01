"""Judging row by row at a verifying turn: the turn's lock, who may, autosave, the rest at once."""

from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from kinerja.models import Capaian, FormulirCapaian
from kinerja.rules.pemeriksaan import SEBAB, Tanda, TandaBaris
from laporan.models import Draf, Tugas
from laporan.services.draf import LaporanBaru, suspend_draf
from laporan.services.periksa import accept_unit, examine_capaian
from organisasi.models import Jejak, Penugasan
from organisasi.selectors import list_pemegang
from sakip.common.errors import AksesDitolak, TransisiDitolak
from tests.factories.kinerja import CapaianFactory
from tests.factories.organisasi import PenugasanFactory
from tests.laporan.kantor_contoh import KantorContoh, load_kantor
from tests.laporan.rute import aktif
from tests.laporan.test_pemeriksaan import mark, open_page, rows, walk_to

pytestmark = [pytest.mark.django_db, pytest.mark.basisdata]
SESUAI = TandaBaris(Tanda.SESUAI)


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


@pytest.fixture
def baris(draf: Draf) -> Capaian:
    """A row of one unit."""
    return rows(draf, "PERKIM")[0]


def address(tugas: Tugas, c: Capaian) -> str:
    """Where a verdict on that row is saved."""
    return reverse("laporan:examine-baris", args=[tugas.pk, c.pk])


def post(client: Client, tugas: Tugas, c: Capaian, **isi: Any) -> tuple[int, dict[str, Any]]:
    """Autosave of one verdict: status and answer."""
    data = {"periksa": "sesuai", "versi": c.versi} | isi
    jawab = client.post(address(tugas, c), data)
    return jawab.status_code, jawab.json()


def test_a_verdict_is_saved_by_itself_with_the_totals(
    client: Client, kantor: KantorContoh, draf: Draf, baris: Capaian
) -> None:
    tugas, _alamat = open_page(client, kantor, draf)
    kode, isi = post(client, tugas, baris, periksa="perbaiki", sebab=[SEBAB[2]], catatan="BPS 2025")
    assert kode == 200
    assert (isi["versi"], isi["ringkasan"]["perbaiki"]) == (baris.versi + 1, 1)
    assert isi["unit"]["pk"] == baris.formulir_id
    baris.refresh_from_db()
    assert (baris.periksa, baris.catatan_pemeriksa) == ("perbaiki", f"{SEBAB[2]}.\nBPS 2025")
    jejak = Jejak.objects.get(aksi="kinerja.capaian.examine")
    assert jejak.sebagai == kantor.mandat(tugas).sebutan


def test_a_conflict_is_answered_with_what_stands(
    client: Client, kantor: KantorContoh, draf: Draf, baris: Capaian
) -> None:
    tugas, alamat = open_page(client, kantor, draf)
    post(client, tugas, baris, periksa="perbaiki", catatan="Cocokkan.")
    kode, isi = post(client, tugas, baris)
    assert (kode, isi["versi"]) == (409, baris.versi + 1)
    assert isi["kini"]["catatan"] == "Cocokkan."
    polos = client.post(alamat, mark(baris, "sesuai") | {"aksi": "simpan"})
    assert polos.status_code == 422
    assert "sudah ditandai perlu perbaikan oleh" in polos.content.decode()
    assert f'name="versi-{baris.pk}" value="{baris.versi + 1}"' in polos.content.decode()


def test_a_choice_is_kept_before_its_reason_and_holds_the_step_until_it_has_one(
    client: Client, kantor: KantorContoh, draf: Draf, baris: Capaian
) -> None:
    tugas, alamat = open_page(client, kantor, draf)
    kode, isi = post(client, tugas, baris, periksa="perbaiki")
    kata = "Pilih atau tuliskan apa yang harus diperbaiki pada baris ini."
    assert (kode, isi["kurang"]) == (200, kata)
    halaman = client.get(alamat).content.decode()
    assert f'name="periksa-{baris.pk}" value="perbaiki" checked' in halaman
    assert kata in halaman
    kode, isi = post(client, tugas, baris, periksa="perbaiki", catatan="x" * 2001, versi=2)
    assert (kode, list(isi["galat"])) == (422, ["catatan"])


def test_a_plain_step_waits_for_the_note_too(
    client: Client, kantor: KantorContoh, draf: Draf
) -> None:
    lain = walk_to(kantor, kantor.start(LaporanBaru("triwulan", 2026, 2)), 5)
    tugas, alamat = open_page(client, kantor, lain)
    c = rows(lain, "PERKIM")[0]
    kantor.judge(tugas)
    Capaian.objects.filter(pk=c.pk).update(periksa="perbaiki", catatan_pemeriksa="")
    jawab = client.post(alamat, {"hasil": "lanjut"})
    assert jawab.status_code == 422
    assert f"{c.indikator.nama}: Pilih atau tuliskan" in jawab.content.decode()


def test_who_and_when_are_asked_again_for_every_verdict(
    client: Client, kantor: KantorContoh, draf: Draf, baris: Capaian
) -> None:
    tugas, _alamat = open_page(client, kantor, draf)
    client.force_login(kantor.rekan(tugas))
    assert post(client, tugas, baris)[0] == 403
    client.force_login(PenugasanFactory().pengguna)
    assert client.post(address(tugas, baris), {"periksa": "sesuai"}).status_code == 404
    client.force_login(kantor.mandat(tugas).pengguna)
    asing = Capaian.objects.exclude(formulir__unit__instansi=kantor.instansi).first()
    assert asing is None
    assert client.post(reverse("laporan:examine-baris", args=[tugas.pk, 0])).status_code == 404
    kantor.work(tugas)
    assert post(client, tugas, baris)[0] == 409
    baris.refresh_from_db()
    assert baris.diperiksa_oleh != kantor.rekan(tugas)


def test_a_mandate_that_ended_meanwhile_judges_nothing(
    kantor: KantorContoh, draf: Draf, baris: Capaian
) -> None:
    (tugas,) = aktif(draf)
    mandat = kantor.mandat(tugas)
    Penugasan.objects.filter(pk=mandat.pk).update(selesai=kantor.now)
    with pytest.raises(AksesDitolak):
        examine_capaian(
            tugas_id=tugas.pk, tanda={baris.pk: SESUAI}, aktor=mandat.pengguna, now=kantor.now
        )


def test_a_halted_report_and_a_step_that_does_not_verify_take_no_verdicts(
    kantor: KantorContoh, draf: Draf, baris: Capaian
) -> None:
    (tugas,) = aktif(draf)
    aktor = kantor.mandat(tugas).pengguna
    isi: dict[str, Any] = {"tanda": {baris.pk: SESUAI}, "now": kantor.now}
    lanjut = walk_to(kantor, kantor.start(LaporanBaru("triwulan", 2026, 2)), 2)
    lain = aktif(lanjut)[0]
    with pytest.raises(TransisiDitolak, match="tidak memeriksa capaian"):
        examine_capaian(tugas_id=lain.pk, aktor=kantor.mandat(lain).pengguna, **isi)
    awal = draf.versi.langkah.get(nomor=1).pelaksana.get().jabatan_id
    kepala = list_pemegang(jabatan_ids=[awal], pada=kantor.now)[0].pengguna
    suspend_draf(draf_id=draf.pk, aktor=kepala, alasan="Dinas luar.", now=kantor.now)
    with pytest.raises(TransisiDitolak, match="ditangguhkan"):
        examine_capaian(tugas_id=tugas.pk, aktor=aktor, **isi)


def test_the_rest_of_one_unit_is_marked_from_its_page(
    client: Client, kantor: KantorContoh, draf: Draf, baris: Capaian
) -> None:
    tugas, alamat = open_page(client, kantor, draf)
    milik = rows(draf, "PERKIM")
    lain = CapaianFactory(formulir=milik[0].formulir, terisi=True)
    milik = [*milik, lain]
    Capaian.objects.filter(pk=milik[0].pk).update(realisasi=None, penjelasan="")
    data = {f"versi-{c.pk}": str(c.versi) for c in milik} | {f"dilihat-{c.pk}": "1" for c in milik}
    data |= {"aksi": f"sisanya-{baris.formulir_id}"}
    jawab = client.post(alamat, data, follow=True)
    assert jawab.redirect_chain == [(f"{alamat}#unit-{baris.formulir_id}", 302)]
    isi = jawab.content.decode()
    assert f"{len(milik) - 1} baris ditandai sesuai." in isi
    assert f"Putuskan sendiri: {milik[0].indikator.nama}." in isi
    assert Capaian.objects.filter(periksa="sesuai").count() == len(milik) - 1
    assert Tugas.objects.get(pk=tugas.pk).status == "aktif"
    jejak = Jejak.objects.get(aksi="kinerja.capaian.sisanya")
    assert jejak.data["banyak"] == len(milik) - 1
    assert [t["capaian"] for t in jejak.data["tanda"]] == [c.pk for c in milik[1:]]


def test_the_rest_of_a_form_of_another_report_is_refused(
    kantor: KantorContoh, draf: Draf, baris: Capaian
) -> None:
    (tugas,) = aktif(draf)
    with pytest.raises(TransisiDitolak, match="tidak diperiksa pada langkah ini"):
        accept_unit(
            tugas_id=tugas.pk,
            formulir_id=0,
            dilihat={},
            aktor=kantor.mandat(tugas).pengguna,
            now=kantor.now,
        )


def test_agreeing_needs_a_verdict_on_rows_that_do_not_go_without_saying(
    client: Client, kantor: KantorContoh, draf: Draf, baris: Capaian
) -> None:
    tugas, alamat = open_page(client, kantor, draf)
    Capaian.objects.filter(pk=baris.pk).update(realisasi=None, penjelasan="")
    jawab = client.post(alamat, {"hasil": "ya", "kunci": "setuju-0001"})
    assert jawab.status_code == 422
    assert f"{baris.indikator.nama}: Putuskan sendiri." in jawab.content.decode()
    assert Tugas.objects.get(pk=tugas.pk).status == "aktif"
    Capaian.objects.exclude(pk=baris.pk).update(periksa="sesuai")
    data = mark(baris, "sesuai") | {"hasil": "ya", "kunci": "setuju-0001"}
    assert client.post(alamat, data).status_code == 302
    assert set(FormulirCapaian.objects.values_list("status", flat=True)) == {"diverifikasi"}
