"""Rows of a workbook are written as they were judged, or judged again where something changed."""

import io
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest
from celery import current_app
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from kinerja.models import Capaian, UnggahanCapaian
from kinerja.services import unggahan as layanan
from kinerja.services.lembar_capaian import RTL, write_lembar
from organisasi.models import Jejak
from sakip.common.errors import TransisiDitolak
from sakip.common.lembar_isi import huruf_kolom
from tests.factories.kinerja import make_baris
from tests.kinerja.conftest import Bidang

pytestmark = [pytest.mark.django_db, pytest.mark.basisdata]
Unggah = Callable[..., UnggahanCapaian]


@pytest.fixture
def siapa(bidang: Bidang, now: datetime) -> dict[str, Any]:
    """Who uploads, as what, and when."""
    return {"aktor": bidang.aktor, "sebagai": bidang.pengisi, "now": now}


@pytest.fixture
def unggah(siapa: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> Unggah:
    """Upload the workbook of a form with cells changed, and check it."""
    monkeypatch.setattr(current_app, "send_task", lambda *_a, **_k: None)

    def kirim(c: Capaian, **sel: Any) -> UnggahanCapaian:
        buku, keluar = load_workbook(io.BytesIO(write_lembar(c.formulir))), io.BytesIO()
        for alamat, nilai in sel.items():
            buku["Capaian"][alamat] = nilai
        buku.save(keluar)
        berkas = SimpleUploadedFile("isian.xlsx", keluar.getvalue())
        u = layanan.receive_unggahan(formulir_id=c.formulir_id, berkas=berkas, **siapa)
        layanan.check_unggahan(unggahan_id=u.pk)
        return UnggahanCapaian.objects.get(pk=u.pk)

    return kirim


def test_rows_are_written_as_judged_with_one_act_in_the_trail(
    bidang: Bidang, unggah: Unggah, siapa: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    satu, dua, tiga = make_baris(bidang.unit, ("90", "1234.5"), ("90", None), ("90", "7"))
    Capaian.objects.filter(pk=satu.pk).update(kendala="Hujan.", versi=3)
    u = unggah(satu, F5="2.345,75", J5=None, G6=" Menyusul.\r\nSegera ", F6=0)
    monkeypatch.setattr(layanan, "save_semua_baris", None)
    assert layanan.apply_unggahan(unggahan_id=u.pk, hanya_sah=False, **siapa) == 2
    for c in (satu, dua, tiga):
        c.refresh_from_db()
    assert (satu.realisasi, satu.kendala, satu.versi) == (Decimal("2345.75"), "", 4)
    assert (dua.realisasi, dua.penjelasan, dua.versi) == (0, "Menyusul.\nSegera", 1)
    assert (satu.diisi_oleh, dua.diisi_oleh) == (bidang.aktor, bidang.aktor)
    assert (tiga.realisasi, tiga.versi, tiga.diisi_oleh) == (7, 0, None)
    jejak = Jejak.objects.get(aksi="kinerja.capaian.fill")
    assert jejak.data["baris"] == [
        {
            "capaian": satu.pk,
            "indikator": satu.indikator_id,
            "kode": satu.indikator.kode,
            "dari": {"realisasi": "1.234,5", "penjelasan": "", "kendala": "Hujan."},
            "ke": {"realisasi": "2.345,75", "penjelasan": ""},
        },
        {
            "capaian": dua.pk,
            "indikator": dua.indikator_id,
            "kode": dua.indikator.kode,
            "dari": {"realisasi": None, "penjelasan": ""},
            "ke": {"realisasi": "0", "penjelasan": "Menyusul.\nSegera"},
        },
    ]


def test_a_row_locked_meanwhile_keeps_everything_out(
    bidang: Bidang, unggah: Unggah, siapa: dict[str, Any]
) -> None:
    satu, dua = make_baris(bidang.unit, ("90", "88"), ("90", None))
    u = unggah(satu, F5=91, F6=92)
    Capaian.objects.filter(pk=dua.pk).update(periksa="sesuai")
    with pytest.raises(TransisiDitolak, match=r"tidak ada yang disimpan.*Sudah diverifikasi"):
        layanan.apply_unggahan(unggahan_id=u.pk, hanya_sah=False, **siapa)
    assert [c.realisasi for c in Capaian.objects.order_by("pk")] == [88, None]


def test_a_text_that_was_emptied_is_empty_when_its_row_is_judged_again(
    bidang: Bidang, unggah: Unggah, siapa: dict[str, Any]
) -> None:
    (c,) = make_baris(bidang.unit, ("90", "88"))
    Capaian.objects.filter(pk=c.pk).update(solusi="Tenda.")
    u = unggah(c, K5=None)
    u.baris[0].pop("nilai")
    u.save()
    assert layanan.apply_unggahan(unggahan_id=u.pk, hanya_sah=False, **siapa) == 1
    c.refresh_from_db()
    assert (c.realisasi, c.solusi, c.versi) == (88, "", 1)


def test_the_answer_to_an_examiner_comes_from_the_workbook_too(
    bidang: Bidang, unggah: Unggah, siapa: dict[str, Any]
) -> None:
    (c,) = make_baris(bidang.unit, ("90", "88"))
    Capaian.objects.filter(pk=c.pk).update(catatan_pemeriksa="Lampirkan sumbernya.")
    u = unggah(c, **{f"{huruf_kolom(RTL)}5": "Sumber dilampirkan."})
    assert layanan.apply_unggahan(unggahan_id=u.pk, hanya_sah=False, **siapa) == 1
    c.refresh_from_db()
    assert (c.realisasi, c.rtl, c.versi) == (88, "Sumber dilampirkan.", 1)
