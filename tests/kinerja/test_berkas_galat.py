"""The person's own workbook back, its faults marked; the form as CSV."""

import csv
import io
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from celery import current_app
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook
from openpyxl.comments import Comment

from kinerja.models import Capaian, UnggahanCapaian
from kinerja.services.lembar_capaian import write_lembar
from kinerja.services.lembar_galat import list_sel, mark_galat
from kinerja.services.unggahan import apply_unggahan, check_unggahan, receive_unggahan
from sakip.common.errors import IsianTidakSah, TransisiDitolak
from sakip.common.lembar import read_buku
from tests.factories.kinerja import make_baris
from tests.kinerja.conftest import Bidang

pytestmark = pytest.mark.django_db
Unggah = Callable[..., UnggahanCapaian]


@pytest.fixture
def unggah(bidang: Bidang, now: datetime, monkeypatch: pytest.MonkeyPatch) -> Unggah:
    """Upload the workbook of a form with cells changed, and check it."""
    monkeypatch.setattr(current_app, "send_task", lambda *_a, **_k: None)

    def kirim(c: Capaian, **sel: Any) -> UnggahanCapaian:
        buku = load_workbook(io.BytesIO(write_lembar(c.formulir)))
        for alamat, nilai in sel.items():
            if isinstance(nilai, Comment):
                buku["Capaian"][alamat].comment = nilai
            else:
                buku["Capaian"][alamat] = nilai
        keluar = io.BytesIO()
        buku.save(keluar)
        unggahan = receive_unggahan(
            formulir_id=c.formulir_id,
            berkas=SimpleUploadedFile("isian bidang.xlsx", keluar.getvalue()),
            aktor=bidang.aktor,
            sebagai=bidang.pengisi,
            now=now,
        )
        check_unggahan(unggahan_id=unggahan.pk)
        unggahan.refresh_from_db()
        return unggahan

    return kirim


def test_faulty_cells_are_coloured_commented_and_listed(
    client: Client, bidang: Bidang, unggah: Unggah
) -> None:
    baris = make_baris(bidang.unit, ("90", None), ("90", None), ("90", "1"))
    u = unggah(baris[0], F5="seratus", J5="x" * 5001, F6="=1+1", B7="LAIN", F7="5")
    client.force_login(bidang.aktor)
    halaman = client.get(u.get_absolute_url()).content.decode()
    alamat = reverse("kinerja:download-galat", args=[u.pk])
    assert alamat in halaman
    jawab = client.get(alamat)
    assert "isian%20bidang%20bertanda%20galat" in jawab["Content-Disposition"] or (
        "isian bidang bertanda galat" in jawab["Content-Disposition"]
    )
    buku = load_workbook(io.BytesIO(jawab.content))
    lembar = buku["Capaian"]
    assert "Isi dengan angka" in lembar["F5"].comment.text
    assert "Kendala paling panjang" in lembar["J5"].comment.text
    assert "rumus" in lembar["F6"].comment.text
    assert "tidak ada pada formulir" in lembar["B7"].comment.text
    assert lembar["F5"].fill.start_color.rgb.endswith("F8C9BF")
    assert (lembar["F5"].value, lembar["F7"].comment) == ("seratus", None)
    daftar = buku["Galat"]
    assert buku.sheetnames[0] == "Galat"
    assert [daftar[f"B{n}"].value for n in (2, 3, 4, 5)] == [
        "Capaian!F5",
        "Capaian!J5",
        "Capaian!F6",
        "Capaian!B7",
    ]
    client.force_login(bidang.kolega.pengguna)
    assert client.get(alamat).status_code == 403


def test_the_marked_copy_can_be_mended_and_sent_again(bidang: Bidang, unggah: Unggah) -> None:
    (c,) = make_baris(bidang.unit, ("90", None))
    u = unggah(c, F5="seratus", **{"G5": Comment("Tanya Rina.", "Rina")})
    dua = mark_galat(u)
    u.berkas.save("", SimpleUploadedFile("x.xlsx", dua), save=True)
    buku = load_workbook(io.BytesIO(mark_galat(u)))
    assert buku.sheetnames.count("Galat") == 1
    assert buku["Capaian"]["G5"].comment.text == "Tanya Rina."
    assert buku["Capaian"]["F5"].comment.text.count("Isi dengan angka") == 2
    assert read_buku(dua).get("Capaian") is not None


def test_a_workbook_without_faults_or_without_its_file_is_not_marked(
    bidang: Bidang, unggah: Unggah
) -> None:
    (c,) = make_baris(bidang.unit, ("90", None))
    with pytest.raises(TransisiDitolak, match="tidak mempunyai galat"):
        mark_galat(unggah(c, F5=9))
    u = unggah(c, F5="seratus")
    u.berkas.storage.delete(str(u.berkas.name))
    with pytest.raises(IsianTidakSah, match="tidak ada lagi"):
        mark_galat(u)


def test_a_fault_in_a_merged_cell_is_listed_all_the_same(bidang: Bidang, unggah: Unggah) -> None:
    (c,) = make_baris(bidang.unit, ("90", None))
    u = unggah(c, F5="seratus")
    u.baris[0]["sel"] = {"Capaian!B1": "Digabung."}
    buku = load_workbook(io.BytesIO(mark_galat(u)))
    assert buku["Galat"]["C2"].value == "Digabung."


def test_uploads_checked_before_name_one_cell_a_row_and_still_apply(
    bidang: Bidang, unggah: Unggah, now: datetime
) -> None:
    (c,) = make_baris(bidang.unit, ("90", None))
    lama = [{"hasil": "galat", "alamat": "Capaian!F5", "pesan": "Salah."}, {"hasil": "tetap"}]
    assert list_sel(lama) == {"Capaian!F5": "Salah."}
    u = unggah(c, F5=81, K5="Tenda.")
    for nama in ("uraian", "nilai"):
        u.baris[0].pop(nama)
    u.save()
    siapa: Any = {"aktor": bidang.aktor, "sebagai": bidang.pengisi, "now": now}
    assert apply_unggahan(unggahan_id=u.pk, hanya_sah=False, **siapa) == 1
    c.refresh_from_db()
    assert (c.realisasi, c.solusi) == (81, "")


def test_every_text_travels_by_workbook(bidang: Bidang, unggah: Unggah, now: datetime) -> None:
    (c,) = make_baris(bidang.unit, ("90", None))
    u = unggah(c, F5=45, G5="Sebab.", J5="Hujan.", K5="Tenda.", L5="Beli.")
    siapa: Any = {"aktor": bidang.aktor, "sebagai": bidang.pengisi, "now": now}
    apply_unggahan(unggahan_id=u.pk, hanya_sah=False, **siapa)
    c.refresh_from_db()
    assert (c.kendala, c.solusi, c.rencana) == ("Hujan.", "Tenda.", "Beli.")


def test_the_form_comes_as_csv(client: Client, bidang: Bidang) -> None:
    c, kosong = make_baris(bidang.unit, ("1234.50", "88.5"), ("90", None))
    Capaian.objects.filter(pk=c.pk).update(target_atas=2000)
    client.force_login(bidang.kolega.pengguna)
    jawab = client.get(reverse("kinerja:download-csv", args=[c.formulir_id]))
    assert jawab["Content-Type"] == "text/csv; charset=utf-8"
    assert jawab["Content-Disposition"] == 'attachment; filename="capaian-p2p-2026-tw3.csv"'
    satu, dua = csv.DictReader(io.StringIO(jawab.content.decode("utf-8-sig")))
    assert (satu["Target"], satu["Batas atas target"]) == ("1234.5", "2000")
    assert (satu["Realisasi"], satu["Capaian (%)"]) == ("88.5", "7.17")
    assert (dua["Kode"], dua["Realisasi"], dua["Capaian (%)"]) == (kosong.indikator.kode, "", "")
