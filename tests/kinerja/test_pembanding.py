"""Figures of others: how they are read, kept and shown beside one's own."""

from datetime import datetime
from decimal import Decimal as D

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from kinerja.models import AngkaPembanding, Indikator
from kinerja.rules.pembanding import (
    MAKS_BARIS,
    Pembanding,
    TempelanTidakSah,
    Tingkat,
    read_tempelan,
)
from kinerja.selectors.pembanding import list_indikator_kode
from kinerja.services.pembanding import add_pembanding
from organisasi.models import Instansi, Jejak
from organisasi.selectors import find_chain_break
from sakip.common.angka import parse_angka
from sakip.common.errors import AksesDitolak, IsianTidakSah
from sakip.common.lembar import read_buku
from tests.factories.kinerja import IndikatorFactory
from tests.kinerja.conftest import Bidang

BACA = {"1.1": parse_angka}


def test_rows_of_a_sheet_are_read_with_titles_skipped() -> None:
    teks = (
        "Kode indikator\tTahun\tTingkat\tNilai\tSumber\tWilayah\n"
        "1.1\t2025\tNasional\t19,8\tSSGI 2025\n\n"
        "1.1\t\t\t\t\t\tNama indikator\n"
        "1.1;2025;kabupaten/kota lain;8;LKjIP  Jombang;Kabupaten Jombang\n"
        "1.1\t2024\tsendiri\t1.234,5\tLKjIP 2024\tdiabaikan"
    )
    assert read_tempelan(teks, BACA) == [
        ("1.1", Pembanding(2025, Tingkat.NASIONAL, D("19.8"), "SSGI 2025")),
        (
            "1.1",
            Pembanding(2025, Tingkat.DAERAH_LAIN, D(8), "LKjIP Jombang", "Kabupaten Jombang"),
        ),
        ("1.1", Pembanding(2024, Tingkat.SENDIRI, D("1234.5"), "LKjIP 2024")),
    ]


@pytest.mark.parametrize(
    ("baris", "masalah"),
    [
        ("1.1\t2025", "Baris 1: 2 kolom; perlu kode indikator, tahun"),
        ("9.9\t2025\tNasional\t1\tX", "indikator “9.9” tidak ada"),
        ("1.1\tkini\tNasional\t1\tX", "“kini” bukan tahun"),
        ("1.1\t1999\tNasional\t1\tX", "tahun 1999 tidak masuk akal"),
        ("1.1\t2025\tDunia\t1\tX", "tingkat “Dunia” tidak dikenal"),
        ("1.1\t2025\tNasional\tn/a\tX", "nilai “n/a”. Isi dengan angka"),
        ("1.1\t2025\tNasional\t1\t", "sumber belum diisi"),
        ("1.1\t2025\tNasional\t1\t" + "x" * 301, "sumber paling panjang 300 huruf"),
        ("1.1\t2025\tDaerah lain\t1\tX", "sebutkan nama daerah lain"),
        (
            "1.1\t2025\tNasional\t1\tX\n1.1\t2025\tnasional\t2\tX",
            "Baris 2: Nasional 2025 untuk 1.1",
        ),
    ],
)
def test_every_fault_is_named_with_its_line(baris: str, masalah: str) -> None:
    with pytest.raises(TempelanTidakSah) as galat:
        read_tempelan(baris, BACA)
    assert any(masalah in m for m in galat.value.masalah), galat.value.masalah


def test_too_many_rows_are_refused_at_once() -> None:
    teks = "\n".join(f"1.1;2025;daerah lain;1;X;Daerah {n}" for n in range(MAKS_BARIS + 1))
    with pytest.raises(TempelanTidakSah, match=f"Paling banyak {MAKS_BARIS}"):
        read_tempelan(teks, BACA)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "salah",
    [
        {"sumber": ""},
        {"tingkat": "dunia"},
        {"wilayah": "Jombang"},
        {"tingkat": "daerah_lain"},
    ],
    ids=("tanpa sumber", "tingkat asing", "wilayah berlebih", "tanpa wilayah"),
)
def test_database_refuses_what_makes_no_sense(salah: dict[str, str]) -> None:
    isi = {"tahun": 2025, "tingkat": "nasional", "nilai": D(1), "sumber": "BPS"}
    with pytest.raises(IntegrityError), transaction.atomic():
        AngkaPembanding.objects.create(indikator=IndikatorFactory(), **{**isi, **salah})


ISI = "1.1\t2025\tNasional\t19,8\tSSGI\n1.1\t2024\tRealisasi sendiri\t12,6\tLKjIP 2024"
ALAMAT = "/capaian/pembanding/"


@pytest.fixture
def indikator(bidang: Bidang) -> Indikator:
    """An indikator of the office, code 1.1."""
    return IndikatorFactory(unit=bidang.unit, kode="1.1", nama="Prevalensi stunting")


@pytest.mark.django_db
def test_planner_pastes_and_removes_figures(
    client: Client, bidang: Bidang, indikator: Indikator
) -> None:
    client.force_login(bidang.perencana.pengguna)
    assert client.post(ALAMAT, {"isi": ISI}).status_code == 302
    ganti = client.post(ALAMAT, {"isi": ISI.replace("19,8", "18,9")}, follow=True)
    assert "2 angka pembanding tersimpan." in ganti.content.decode()
    assert {str(p): p.nilai for p in indikator.pembanding.all()} == {
        "1.1 Nasional 2025": D("18.9"),
        "1.1 Realisasi sendiri 2024": D("12.6"),
    }
    ada = indikator.pembanding.get(tahun=2025)
    assert client.post(f"{ALAMAT}{ada.pk}/hapus/").status_code == 302
    assert list(indikator.pembanding.values_list("tahun", flat=True)) == [2024]
    jejak = Jejak.objects.filter(aksi="kinerja.angkapembanding.remove").get()
    assert jejak.data["baris"] == [["1.1", "2025", "Nasional", "18.9", "SSGI"]]
    assert find_chain_break(Instansi.objects.get(pk=bidang.instansi.pk)) is None


@pytest.mark.django_db
def test_nothing_is_saved_of_a_paste_with_a_fault_and_the_text_stays(
    client: Client, bidang: Bidang, indikator: Indikator
) -> None:
    client.force_login(bidang.perencana.pengguna)
    jawab = client.post(ALAMAT, {"isi": f"{ISI}\n1.1\t2023\tNasional\tn/a\tX"})
    isi = jawab.content.decode()
    assert jawab.status_code == 422
    assert "Baris 3: nilai “n/a”" in isi
    assert "Realisasi sendiri\t12,6\tLKjIP 2024" in isi
    assert not indikator.pembanding.exists()
    kosong = client.post(ALAMAT, {"isi": "Kode indikator\tTahun"})
    assert "Belum ada baris angka" in kosong.content.decode()


@pytest.mark.django_db
def test_colleague_reads_and_stranger_sees_nothing(
    client: Client, bidang: Bidang, indikator: Indikator
) -> None:
    p = AngkaPembanding.objects.create(
        indikator=indikator, tahun=2025, tingkat="nasional", nilai=D("19.8"), sumber="SSGI"
    )
    client.force_login(bidang.kolega.pengguna)
    isi = client.get(ALAMAT).content.decode()
    assert "19,8" in isi
    assert "Simpan angka pembanding" not in isi
    assert client.post(ALAMAT, {"isi": ISI}).status_code == 403
    assert client.post(f"{ALAMAT}{p.pk}/hapus/").status_code == 403
    client.force_login(bidang.orang_luar.pengguna)
    assert "Prevalensi stunting" not in client.get(ALAMAT).content.decode()
    assert client.post(f"{ALAMAT}{p.pk}/hapus/").status_code == 404


@pytest.mark.django_db
def test_workbook_can_be_filled_and_pasted_back(
    client: Client, bidang: Bidang, indikator: Indikator
) -> None:
    IndikatorFactory(sasaran=indikator.sasaran, unit=bidang.unit, kode="=1+1")
    AngkaPembanding.objects.create(
        indikator=indikator, tahun=2025, tingkat="nasional", nilai=D("1234.5"), sumber="SSGI"
    )
    client.force_login(bidang.perencana.pengguna)
    lembar = read_buku(client.get(f"{ALAMAT}lembar/").content).get("Pembanding")
    assert lembar is not None
    baris = [[lembar.at(n, k).teks for k in range(1, 7)] for n in (1, 2, 3)]
    assert baris[1] == ["1.1", "2025", "Nasional", "1.234,5", "SSGI", ""]
    assert baris[2][:2] == ["=1+1", ""]
    tempel = "\n".join("\t".join(b) for b in baris)
    assert client.post(ALAMAT, {"isi": tempel}).status_code == 302
    assert AngkaPembanding.objects.get().nilai == D("1234.5")


@pytest.mark.django_db
def test_a_code_gone_from_the_plan_refuses_the_whole_paste(
    bidang: Bidang, indikator: Indikator, now: datetime
) -> None:
    p = Pembanding(2025, Tingkat.NASIONAL, D(1), "BPS")
    aktor, instansi = bidang.perencana.pengguna, bidang.instansi.pk
    with pytest.raises(IsianTidakSah, match=r"Indikator 9\.9 tidak ada"):
        add_pembanding(instansi_id=instansi, baris=[("1.1", p), ("9.9", p)], aktor=aktor, now=now)
    assert not indikator.pembanding.exists()
    with pytest.raises(AksesDitolak, match="tidak berwenang"):
        add_pembanding(instansi_id=instansi, baris=[], aktor=bidang.aktor, now=now)


@pytest.mark.django_db
def test_a_code_that_two_sasaran_share_is_asked_for_with_its_parent(
    client: Client, bidang: Bidang, indikator: Indikator
) -> None:
    tujuan = indikator.sasaran.tujuan
    lama = IndikatorFactory(
        unit=bidang.unit, kode="1.1", sasaran__kode="1", sasaran__tujuan__tahun_awal=2020,
        sasaran__tujuan__tahun_akhir=2024, sasaran__tujuan__instansi=bidang.instansi,
    )  # fmt: skip
    assert list_indikator_kode(bidang.instansi) == {"1.1": indikator}
    kembar = IndikatorFactory(
        unit=bidang.unit, kode="1.1", sasaran__kode="K", sasaran__tujuan=tujuan
    )
    satu = f"{indikator.sasaran.kode}/1.1"
    assert list_indikator_kode(bidang.instansi) == {satu: indikator, "K/1.1": kembar}
    client.force_login(bidang.perencana.pengguna)
    jawab = client.post(ALAMAT, {"isi": ISI})
    assert jawab.status_code == 422
    pesan = f"indikator “1.1” lebih dari satu; tulis dengan induknya: {satu}, K/1.1."
    assert pesan in jawab.content.decode()
    assert client.post(ALAMAT, {"isi": ISI.replace("1.1", "K/1.1")}).status_code == 302
    assert kembar.pembanding.count() == 2
    assert not lama.pembanding.exists()
    lembar = read_buku(client.get(f"{ALAMAT}lembar/").content).get("Pembanding")
    assert lembar is not None
    kode = {lembar.at(n, 1).teks for n in range(2, lembar.baris_akhir + 1)}
    assert {satu, "K/1.1"} <= kode
