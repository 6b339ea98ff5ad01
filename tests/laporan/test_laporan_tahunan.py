"""A whole annual report of the demo office, from the order to the pages of its PDF."""

import re
import subprocess
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from kinerja.models import Capaian, FormulirCapaian
from kinerja.services.formulir import BelumLengkap
from laporan.management.tahunan import TAHUN, load_tahunan, read_isi
from laporan.models import BabNaskah, Draf, Tugas, VersiNaskah
from laporan.rules.blok import SUMBER_DAYA
from laporan.rules.kerangka import INDIKATOR
from laporan.selectors.cetak import Cetak, build_cetak
from laporan.selectors.kelengkapan import check_naskah
from laporan.selectors.naskah import build_tabel, list_bab
from laporan.services.bab import renew_bab
from laporan.services.dokumen import render_laporan
from laporan.services.draf import LaporanBaru
from laporan.services.naskah import IsianBab, save_bab
from sakip.common.errors import TransisiDitolak
from sakip.common.pdf import render_pdf
from tests.laporan.kantor_contoh import KantorContoh, load_kantor
from tests.laporan.rute import aktif, nomor_kini

pytestmark = pytest.mark.django_db
KINI = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
SEKRETARIS = 7


def start_tahunan() -> tuple[KantorContoh, Draf]:
    """The demo office with its year, and the report of it on the desk of the last writer."""
    kantor = load_kantor("dinkes-mojokerto", KINI)
    assert load_tahunan() == 20
    draf = kantor.start(LaporanBaru("tahunan", TAHUN, 0))
    while nomor_kini(draf) != SEKRETARIS - 1:
        tugas = aktif(draf)[0]
        if tugas.formulir_id is None:
            draf = kantor.work(tugas)
        else:
            draf = kantor.finish(tugas, kantor.mandat(tugas))
    return kantor, draf


def write(kantor: KantorContoh, draf: Draf) -> Tugas:
    """The words of the demo where only the writer can have them."""
    tugas = aktif(draf)[0]
    for kode, isi in read_isi()["naskah"].items():
        bab = BabNaskah.objects.get(draf=draf, kode=kode)
        aktor = kantor.mandat(tugas).pengguna
        save_bab(bab_id=bab.pk, isian=IsianBab(isi, bab.versi), aktor=aktor, now=KINI)
    return tugas


def read_pdf(cetak: Cetak, folder: Path) -> tuple[list[bool], list[str]]:
    """Of each page whether it lies on its side, and its words with spaces folded."""
    berkas = folder / "lkjip.pdf"
    berkas.write_bytes(render_pdf(render_laporan(cetak)).isi)

    def run(*perintah: str) -> str:
        return subprocess.run(perintah, capture_output=True, text=True, check=True).stdout

    ukuran = re.findall(r"size:\s+([\d.]+) x ([\d.]+)", run("pdfinfo", "-l", "999", str(berkas)))
    mendatar = [Decimal(lebar) > Decimal(tinggi) for lebar, tinggi in ukuran]
    isi = run("pdftotext", str(berkas), "-").split("\f")
    return mendatar, [" ".join(h.split()) for h in isi]


def test_the_annual_report_from_the_order_to_its_pages(tmp_path: Path) -> None:
    kantor, draf = start_tahunan()
    draf = kantor.finish(tugas := write(kantor, draf), kantor.mandat(tugas))
    assert nomor_kini(draf) == SEKRETARIS
    versi = VersiNaskah.objects.filter(draf=draf).latest("nomor")
    daya = [b for t in versi.tabel if t.get("blok") == SUMBER_DAYA for b in t["isi"]]
    assert not [s for b in daya if b["bentuk"] == "tabel" for s in b["baris"] if "" in s]
    mendatar, halaman = read_pdf(cetak := build_cetak(versi, pada=KINI), tmp_path)
    assert len(mendatar) >= 40
    assert any(mendatar)
    (pemeriksaan,) = (h for h in halaman if "Penyusunan dan pemeriksaan" in h)
    for langkah in cetak.proses:
        assert langkah.kegiatan in pemeriksaan, "the steps are not torn apart"
    teks = " ".join(halaman)
    rapat = re.sub(r"[\s­-]", "", teks).lower()
    for bab in versi.isi:
        assert re.sub(r"[\s-]", "", bab["judul"]).lower() in rapat, bab["judul"]
    akhir = Capaian.objects.filter(formulir__tahun=TAHUN, formulir__triwulan=4)
    for c in akhir.filter(formulir__putaran=1).select_related("indikator"):
        assert read_isi()["indikator"][c.indikator.kode]["realisasi"][-1] in teks
        assert re.sub(r"\W", "", c.kendala)[:60] in re.sub(r"\W", "", teks)
    assert "{{angka" not in teks
    tujuh = ("Target dan realisasi", "tahun-tahun sebelumnya", "akhir Renstra", "angka nasional",
             "Penyebab keberhasilan", "Efisiensi", "Program yang menunjang")  # fmt: skip
    for nomor, analisis in enumerate(tujuh, 1):
        assert len(re.findall(rf"{nomor}\. [^.]*?{analisis}", teks)) >= akhir.count() // 4
    grafik = {b["judul"] for t in versi.tabel for b in t.get("isi", ()) if "judul" in b}
    for kata in ("Realisasi dan target", "angka pembandingnya", "menurut tahun"):
        assert [j for j in grafik if kata in j], kata
    assert "Belum ada angka pembanding nasional" in teks


def test_what_is_missing_is_listed_and_holds_the_report_back() -> None:
    kantor, draf = start_tahunan()
    tugas = aktif(draf)[0]
    mandat = kantor.mandat(tugas)
    BabNaskah.objects.filter(draf=draf, is_wajib=True, ulang="").update(isi="")
    with pytest.raises(BelumLengkap) as belum:
        kantor.finish(tugas, mandat)
    for wajib in ("Tugas dan Fungsi", "Kata Pengantar", "Ikhtisar Eksekutif"):
        assert any(f"{wajib} belum ditulis" in m for m in belum.value.masalah)
    assert not any("analisis" in m for m in belum.value.masalah)
    write(kantor, draf)
    BabNaskah.objects.filter(draf=draf, is_wajib=True, isi="").update(isi="<p>Ditulis.</p>")
    satu = BabNaskah.objects.filter(draf=draf, ulang=INDIKATOR).earliest("urutan")
    BabNaskah.objects.filter(pk=satu.pk).update(isi="<p>{{angka:ngawur}}</p>")
    with pytest.raises(BelumLengkap, match="1 isian"):
        kantor.finish(tugas, mandat)
    BabNaskah.objects.filter(pk=satu.pk).update(isi="")
    with pytest.raises(BelumLengkap) as belum:
        kantor.finish(tugas, mandat)
    assert belum.value.masalah == [f"{satu.judul} belum mempunyai analisis."]


def test_words_of_the_unit_never_replace_typed_ones_unasked() -> None:
    kantor, draf = start_tahunan()
    tugas = aktif(draf)[0]
    aktor = kantor.mandat(tugas).pengguna
    bab = BabNaskah.objects.filter(draf=draf, ulang=INDIKATOR).earliest("urutan")
    assert "Kematian ibu turun" in bab.isi
    assert bab.isi == bab.asal
    ketik = IsianBab("<p>Kalimat perencana.</p>", bab.versi)
    bab = save_bab(bab_id=bab.pk, isian=ketik, aktor=aktor, now=KINI)
    baris = Capaian.objects.filter(indikator=bab.acuan, formulir__triwulan=4)
    baris.update(kendala="Kendala baru dari bidang")
    draf = kantor.finish(write(kantor, draf), kantor.mandat(tugas))
    draf = kantor.work(aktif(draf)[0], "tidak")
    bab.refresh_from_db()
    assert "Kalimat perencana" in bab.isi
    semua = list_bab(draf)
    lengkap = check_naskah(draf, semua, build_tabel(draf, semua, pada=KINI), diperiksa=False)
    assert [k.tautan for k in lengkap.kurang] == [f"/bab/{bab.pk}/perbarui/"]
    with pytest.raises(TransisiDitolak, match="sudah berubah"):
        renew_bab(bab_id=bab.pk, versi=bab.versi - 1, aktor=aktor, now=KINI)
    bab = renew_bab(bab_id=bab.pk, versi=bab.versi, aktor=aktor, now=KINI)
    assert "Kendala baru dari bidang" in bab.isi
    lain = BabNaskah.objects.filter(draf=draf, ulang="").earliest("urutan")
    with pytest.raises(TransisiDitolak, match="belum menulis"):
        renew_bab(bab_id=lain.pk, versi=lain.versi, aktor=aktor, now=KINI)


def test_loading_the_year_again_changes_nothing() -> None:
    load_kantor("dinkes-mojokerto", KINI)
    assert load_tahunan() == 20
    assert load_tahunan() == 0
    formulir = FormulirCapaian.objects.filter(tahun=TAHUN)
    assert {f.status for f in formulir} == {"diverifikasi"}
