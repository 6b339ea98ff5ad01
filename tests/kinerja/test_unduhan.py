"""What the pages show, as files; the links stand on each page."""

import csv
import io
from datetime import datetime

import pytest
from django.test import Client

from kinerja.models import Program
from sakip.common.lembar import read_buku
from tests.factories.kinerja import FormulirFactory, IndikatorFactory, TargetFactory, make_baris
from tests.factories.organisasi import JabatanFactory, PenugasanFactory
from tests.kinerja.conftest import Bidang

pytestmark = pytest.mark.django_db


@pytest.fixture
def pembaca(client: Client, bidang: Bidang) -> Client:
    """The Perencana, in an office with a plan, a budget and verified figures of triwulan III."""
    satu, _dua = make_baris(bidang.unit, ("90", "45"), ("90", None), diverifikasi=True)
    TargetFactory(indikator=satu.indikator)
    program = Program.objects.create(
        instansi=bidang.instansi, tahun=2026, kode="1.02.02", nama="=Program", jenis="program",
        sasaran=satu.indikator.sasaran, pagu=1000,
    )  # fmt: skip
    Program.objects.create(
        instansi=bidang.instansi, tahun=2026, kode="1.02.02.2.01", nama="Kegiatan",
        jenis="kegiatan", induk=program, unit=bidang.unit,
    )  # fmt: skip
    client.force_login(bidang.perencana.pengguna)
    return client


def baca(client: Client, alamat: str) -> list[dict[str, str]]:
    """Rows of the CSV of a page."""
    sambung = "&" if "?" in alamat else "?"
    jawaban = client.get(f"{alamat}{sambung}unduh=csv")
    assert jawaban["Content-Disposition"].startswith("attachment")
    return list(csv.DictReader(io.StringIO(jawaban.content.decode("utf-8-sig"))))


@pytest.mark.parametrize(
    ("alamat", "lembar"),
    [
        ("/capaian/rekap/?periode=2026-3", ["Indikator", "Sasaran", "Perkembangan", "Pengiriman"]),
        ("/capaian/?tahun=2026", ["Pengiriman"]),
        ("/capaian/pohon/?tahun=2026", ["Rencana", "Program dan anggaran"]),
    ],
    ids=["rekap", "matriks", "pohon"],
)
def test_every_page_offers_its_tables(pembaca: Client, alamat: str, lembar: list[str]) -> None:
    halaman = pembaca.get(alamat).content.decode()
    kunci = alamat.partition("?")[2]
    assert f'href="?{kunci}&amp;unduh=xlsx"' in halaman
    buku = read_buku(pembaca.get(f"{alamat}&unduh=xlsx").content)
    assert [s.nama for s in buku.lembar] == lembar
    assert len(baca(pembaca, alamat)) > 0


def test_rekap_has_a_row_for_each_indikator_and_missing_is_not_zero(pembaca: Client) -> None:
    satu, dua = baca(pembaca, "/capaian/rekap/?periode=2026-3")
    assert (satu["Realisasi"], satu["Capaian (%)"], satu["Kategori"]) == (
        "45",
        "50",
        "Sangat Rendah",
    )
    assert (dua["Realisasi"], dua["Capaian (%)"]) == ("", "")


def test_the_budget_stands_below_its_sasaran_and_is_not_calculated(pembaca: Client) -> None:
    halaman = pembaca.get("/capaian/pohon/?tahun=2026").content.decode()
    assert "Unduh tabel" in halaman.partition("</main>")[0]
    buku = read_buku(pembaca.get("/capaian/pohon/?tahun=2026&unduh=xlsx").content)
    anggaran = buku.get("Program dan anggaran")
    assert anggaran is not None
    assert [anggaran.at(2, k).teks for k in (1, 3, 6, 7)] == ["1.02.02", "=Program", "1000", ""]
    assert [anggaran.at(3, k).teks for k in (1, 5)] == ["1.02.02.2.01", "Bidang P2P"]


def test_one_indikator_over_time_with_its_kamus(pembaca: Client, bidang: Bidang) -> None:
    i = IndikatorFactory(unit=bidang.unit, definisi_operasional="=Definisi")
    riwayat = baca(pembaca, f"/capaian/indikator/{i.pk}/?periode=2026-3")
    assert riwayat[-1]["Triwulan"].endswith("2026")
    kamus = read_buku(pembaca.get(f"/capaian/indikator/{i.pk}/?unduh=xlsx").content).get("Kamus")
    assert kamus is not None
    assert "=Definisi" in [kamus.at(n, 2).teks for n in range(1, 10)]


def test_a_pembina_downloads_all_offices_and_others_do_not(
    client: Client, bidang: Bidang, now: datetime
) -> None:
    FormulirFactory(unit=bidang.unit)
    IndikatorFactory(unit=bidang.unit)
    client.force_login(bidang.perencana.pengguna)
    assert client.get("/capaian/daerah/?unduh=csv").status_code == 403
    jabatan = JabatanFactory(instansi=bidang.instansi, tingkat="pembina")
    client.force_login(PenugasanFactory(jabatan=jabatan).pengguna)
    (satu,) = baca(client, "/capaian/daerah/?periode=2026-3")
    assert (satu["Kode"], satu["Semua unit"]) == (bidang.instansi.kode, "1")
