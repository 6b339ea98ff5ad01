"""The plan of the last period comes back on this period's row, until it is done."""

from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from kinerja.models import Capaian, FormulirCapaian
from kinerja.rules.isian import IsianBaris
from kinerja.selectors import BarisTabel, get_kisi, list_tabel_capaian
from kinerja.selectors.pemeriksaan import list_pemeriksaan
from kinerja.services.bukti import attach_tautan
from kinerja.services.formulir import BelumLengkap, open_formulir, submit_formulir
from kinerja.services.isian import save_baris
from kinerja.services.lembar_capaian import write_lembar
from sakip.common.lembar import read_buku
from tests.factories.kinerja import CapaianFactory, FormulirFactory, IndikatorFactory
from tests.kinerja.conftest import Bidang

pytestmark = pytest.mark.django_db


def lampau(bidang: Bidang, **isi: Any) -> Capaian:
    """A row of triwulan II that was handed in."""
    i = IndikatorFactory(unit=bidang.unit)
    formulir = FormulirFactory(unit=bidang.unit, triwulan=2, diajukan=True)
    return CapaianFactory(formulir=formulir, indikator=i, terisi=True, **isi)


def buka(bidang: Bidang, now: datetime, triwulan: int = 3) -> Capaian:
    """The row of the period that is opened."""
    return open_formulir(unit=bidang.unit, tahun=2026, triwulan=triwulan, now=now).capaian.get()


def isi(bidang: Bidang, c: Capaian, now: datetime, **uraian: str) -> Capaian:
    """Fill in the row."""
    isian = IsianBaris("90", "", c.versi, uraian=uraian)
    return save_baris(
        capaian_id=c.pk, isian=isian, aktor=bidang.aktor, sebagai=bidang.pengisi, now=now
    )


def ajukan(bidang: Bidang, c: Capaian, now: datetime) -> FormulirCapaian:
    """Hand the form in."""
    return submit_formulir(
        formulir_id=c.formulir_id, aktor=bidang.aktor, sebagai=bidang.pengisi, now=now
    )


def test_the_last_plan_is_copied_with_where_it_comes_from(bidang: Bidang, now: datetime) -> None:
    lampau(bidang, rencana="Imunisasi kejar.", rtl="Lampirkan daftar.")
    c = buka(bidang, now)
    assert c.rtl_lalu == "Imunisasi kejar."
    assert c.rtl_lalu_dari == "Triwulan II Tahun 2026"
    lalu = get_kisi(c.formulir, bisa_isi=True).kelompok[0].baris[0].rtl_lalu
    assert lalu is not None
    assert (lalu.teks, lalu.status, lalu.bukti) == (c.rtl_lalu, "", [])


def test_a_plan_that_was_not_handed_in_or_is_of_another_unit_is_none(
    bidang: Bidang, now: datetime
) -> None:
    draf = FormulirFactory(unit=bidang.unit, triwulan=2)
    i = IndikatorFactory(unit=bidang.unit)
    CapaianFactory(formulir=draf, indikator=i, rencana="Belum dikirim.")
    c = buka(bidang, now)
    assert (c.rtl_lalu, c.rtl_lalu_dari) == ("", "")
    assert get_kisi(c.formulir, bisa_isi=True).kelompok[0].baris[0].rtl_lalu is None


def test_december_reaches_into_the_next_year(bidang: Bidang, now: datetime) -> None:
    lama = lampau(bidang, rencana="Lanjutkan.")
    FormulirCapaian.objects.filter(pk=lama.formulir_id).update(tahun=2025, triwulan=4)
    assert buka(bidang, now, 1).rtl_lalu_dari == "Triwulan IV Tahun 2025"


def test_a_new_plan_stands_above_the_one_that_goes_on(bidang: Bidang, now: datetime) -> None:
    lampau(bidang, rencana="Baru.", rtl_lalu="Lama.", rtl_lalu_status="berlanjut")
    assert buka(bidang, now).rtl_lalu == "Baru.\nLama."


def test_what_goes_on_is_asked_again_and_what_is_done_is_not(bidang: Bidang, now: datetime) -> None:
    lampau(bidang, rencana="Imunisasi kejar.")
    c = buka(bidang, now)
    isi(bidang, c, now, rtl_lalu_status="berlanjut", rtl_lalu_keterangan="Sembilan desa.")
    ajukan(bidang, c, now)
    d = buka(bidang, now, 4)
    assert (d.rtl_lalu, d.rtl_lalu_dari) == ("Imunisasi kejar.", "Triwulan III Tahun 2026")
    Capaian.objects.filter(pk=c.pk).update(rtl_lalu_status="selesai")
    FormulirCapaian.objects.filter(pk=d.formulir_id).update(triwulan=1)
    assert buka(bidang, now, 4).rtl_lalu == ""


def test_a_form_waits_for_the_answer_and_its_evidence(bidang: Bidang, now: datetime) -> None:
    lampau(bidang, rencana="Imunisasi kejar.")
    c = buka(bidang, now)
    c = isi(bidang, c, now)
    with pytest.raises(BelumLengkap) as kurang:
        ajukan(bidang, c, now)
    assert list(kurang.value.galat[c.pk]) == ["rtl_lalu_status"]
    isi(bidang, c, now, rtl_lalu_status="selesai")
    with pytest.raises(BelumLengkap, match="1 isian"):
        ajukan(bidang, c, now)
    attach_tautan(
        capaian_id=c.pk,
        tautan="https://drive.example.go.id/foto",
        untuk="rtl",  # type: ignore[arg-type]  # the stored value
        aktor=bidang.aktor,
        sebagai=bidang.pengisi,
        now=now,
    )
    formulir = ajukan(bidang, c, now)
    (unit,) = list_pemeriksaan([formulir], aktor_id=None)
    lalu = unit.baris[0].rtl_lalu
    assert lalu is not None
    assert (lalu.status_kata, [b.host for b in lalu.bukti]) == ("Selesai", ["drive.example.go.id"])
    assert unit.baris[0].bukti == []


def test_the_next_round_keeps_answer_and_evidence(bidang: Bidang, now: datetime) -> None:
    lampau(bidang, rencana="Imunisasi kejar.")
    c = buka(bidang, now)
    isi(bidang, c, now, rtl_lalu_status="berlanjut", rtl_lalu_keterangan="Sembilan desa.")
    ajukan(bidang, c, now)
    dua = buka(bidang, now)
    assert (dua.rtl_lalu_status, dua.rtl_lalu_keterangan) == ("berlanjut", "Sembilan desa.")


def test_a_row_without_a_plan_takes_no_answer(bidang: Bidang, now: datetime) -> None:
    IndikatorFactory(unit=bidang.unit)
    c = isi(bidang, buka(bidang, now), now, rtl_lalu_status="selesai", kendala="Hujan.")
    assert (c.rtl_lalu_status, c.kendala) == ("", "Hujan.")


def test_the_page_asks_for_it_under_the_row(client: Client, bidang: Bidang, now: datetime) -> None:
    lampau(bidang, rencana="Imunisasi kejar.")
    c = buka(bidang, now)
    client.force_login(bidang.aktor)
    html = client.get(c.formulir.get_absolute_url()).content.decode()
    assert "RTL Triwulan II Tahun 2026" in html
    assert f'name="rtl_lalu_status-{c.pk}"' in html
    url = reverse("kinerja:save-formulir", args=[c.formulir_id])
    data = {
        f"realisasi-{c.pk}": "90",
        f"versi-{c.pk}": "0",
        f"rtl_lalu_status-{c.pk}": "berlanjut",
        f"rtl_lalu_keterangan-{c.pk}": "Sembilan desa.",
        f"tautan_rtl-{c.pk}": "https://contoh.go.id/a",
        f"tautan-{c.pk}": " ",
    }
    lembar = read_buku(write_lembar(c.formulir)).get("Capaian")
    assert lembar is not None
    assert lembar.at(5, 13).teks == "Imunisasi kejar."
    assert client.post(url, data).status_code == 302
    data |= {f"tautan-{c.pk}": "http://contoh.go.id/a", f"versi-{c.pk}": "1"}
    jawab = client.post(url, data)
    assert jawab.status_code == 422
    assert "Tautan harus diawali https://" in jawab.content.decode()
    c.refresh_from_db()
    assert c.rtl_lalu_keterangan == "Sembilan desa."
    assert [b.untuk for b in c.bukti.all()] == ["rtl"]


def test_the_reports_table_tells_kendala_solusi_and_how_the_rtl_fares(
    bidang: Bidang, now: datetime
) -> None:
    lampau(bidang, rencana="Imunisasi kejar")
    c = buka(bidang, now)
    lalu = {"rtl_lalu_status": "berlanjut", "rtl_lalu_keterangan": "Sembilan desa."}
    isi(bidang, c, now, kendala="Hujan\nbanjir.", solusi="Tenda", rencana="Beli tenda", **lalu)
    ajukan(bidang, c, now)
    (tabel,) = list_tabel_capaian(bidang.instansi, 2026, 3)
    assert tabel.baris[0].uraian == (
        "Kendala: Hujan banjir. Solusi: Tenda. RTL: Beli tenda. "
        "RTL Triwulan II Tahun 2026: Imunisasi kejar. Berlanjut. Sembilan desa."
    )
    assert BarisTabel.from_json(tabel.baris[0].to_json()) == tabel.baris[0]
