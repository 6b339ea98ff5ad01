"""Loading a plan from its file."""

import re
from datetime import datetime
from decimal import Decimal
from functools import partial
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from kinerja.models import (
    Indikator,
    Label,
    Program,
    RencanaAksi,
    Renstra,
    Sasaran,
    Target,
    TargetAksi,
    Tujuan,
)
from kinerja.rules.berkas import BerkasTidakSah
from kinerja.rules.capaian import Rumus
from kinerja.rules.periode import Periode
from kinerja.rules.rencana import read_rencana
from kinerja.rules.target import IsiTarget
from kinerja.selectors.pohon import get_pohon
from kinerja.services.muat import RencanaDitolak, load_rencana
from organisasi.models import Instansi, Jejak
from tests.factories.organisasi import PenggunaFactory, UnitKerjaFactory

CONTOH = Path(__file__).parents[2] / "kinerja/data/dinkes-mojokerto.yaml"
UNIT = ("SET", "KESMAS", "P2P", "YANKES", "SDK")

TAK_TERBACA = "tidak terbaca sebagai target. Isi dengan angka, contoh 91,4."

KECIL = """\
tujuan:
  - kode: "1"
    uraian: Tujuan
    tahun_awal: 2025
    tahun_akhir: 2029
    sasaran:
      - kode: "1"
        uraian: Sasaran
        indikator:
          - kode: "1.1"
            nama: Pertumbuhan
            satuan: persen
            unit: P2P
            negatif: ya
            batas: 120
            desimal: 2
            target: {2026: ["-1,5", 2.25, "-", 1.250]}
          - {kode: "1.2", nama: Kasus, satuan: kasus, unit: P2P, arah: turun, rumus: kebalikan}
"""


@pytest.fixture
def instansi(db: None) -> Instansi:
    """The office of the demo plan."""
    for kode in UNIT:
        unit = UnitKerjaFactory(instansi__kode="dinkes-mojokerto", kode=kode)
    return unit.instansi


def test_file_is_read_whole() -> None:
    (tujuan,) = read_rencana(KECIL, unit=["P2P"]).tujuan
    satu, dua = tujuan.sasaran[0].indikator
    assert satu.target == {
        Periode(2026, 1): IsiTarget(Decimal("-1.5")),
        Periode(2026, 2): IsiTarget(Decimal("2.25")),
        Periode(2026, 4): IsiTarget(Decimal(1250)),
    }
    assert (satu.rumus, satu.batas, satu.desimal) == (Rumus.PER_TARGET, 120, 2)
    assert satu.is_dapat_negatif
    assert (dua.rumus, dua.batas, dua.target) == (Rumus.KEBALIKAN, None, {})
    assert not dua.is_dapat_negatif


@pytest.mark.parametrize(
    ("cari", "ganti", "masalah"),
    [
        ("unit: P2P\n", "unit: XXX\n", "baris 10: unit “XXX” tidak ada di instansi ini (ada: P2P)"),
        ("satuan: persen", "satuhan: persen", "baris 12: kunci “satuhan” tidak dikenal"),
        ("satuan: persen", 'nama: "x"', "baris 12: kunci “nama” tertulis dua kali"),
        ("nama: Pertumbuhan", "nama: [a]", "baris 11: “nama” harus berisi teks"),
        ("nama: Pertumbuhan\n", "sumber: x\n", "baris 10: “nama” belum diisi"),
        ("desimal: 2", "desimal: dua", "baris 16: “desimal” harus bilangan bulat"),
        ("batas: 120", "batas: banyak", "baris 15: “banyak” bukan angka"),
        ("batas: 120", "batas: [1]", "baris 15:"),
        ("negatif: ya", 'negatif: ""', "baris 14: “negatif” harus berisi teks"),
        ("negatif: ya", "negatif: boleh", "baris 14: “negatif” harus salah satu dari ya, tidak"),
        ("rumus: kebalikan", "rumus: per_target", "harus salah satu dari cermin, kebalikan"),
        ('"1.2"', '"1.1"', "baris 18: kode indikator “1.1” sudah dipakai"),
        (
            "2.25",
            "sembilan",
            f"baris 17: “sembilan” {TAK_TERBACA}",
        ),
        ("{2026:", "{20x6:", "baris 17: “20x6” bukan tahun"),
        (', "-"', "", "baris 17: target setahun terdiri atas empat nilai"),
        ('["-1,5", 2.25, "-", 1.250]', "5", "baris 17: target setahun terdiri atas empat nilai"),
        ('{2026: ["-1,5", 2.25, "-", 1.250]}', "x", "baris 17: “target” harus berisi tahun"),
        ("tahun_awal: 2025", "tahun_awal: 2030", "baris 2: tahun_awal lebih besar"),
        ("tahun_awal: 2025\n    ", "", "baris 2: “tahun_awal” belum diisi"),
        ("tujuan:\n", "tujuan: []\nlain:\n", "baris 1: “tujuan” harus daftar yang berisi"),
        ('- kode: "1"\n    uraian', "- x\n  - kode: 2\n    uraian", "baris 2: di sini harus ada"),
    ],
)
def test_every_fault_is_named_with_its_line(cari: str, ganti: str, masalah: str) -> None:
    assert cari in KECIL
    with pytest.raises(BerkasTidakSah) as galat:
        read_rencana(KECIL.replace(cari, ganti, 1), unit=["P2P"])
    assert any(masalah in m for m in galat.value.masalah), galat.value.masalah


@pytest.mark.parametrize(
    ("teks", "masalah"),
    [
        ("", "baris 1: berkas kosong"),
        ("a: [1\nb: 2", "baris 2: berkas bukan YAML"),
        ("a: \x00", "baris 1: berkas bukan YAML"),
        ("lain: 1", "baris 1: kunci “lain” tidak dikenal"),
    ],
)
def test_a_file_that_is_no_plan_is_refused(teks: str, masalah: str) -> None:
    with pytest.raises(BerkasTidakSah, match=masalah):
        read_rencana(teks, unit=[])


def test_faults_come_in_order_of_line() -> None:
    rusak = KECIL.replace("nama: Pertumbuhan", "mana: x").replace("desimal: 2", "desimal: x")
    with pytest.raises(BerkasTidakSah) as galat:
        read_rencana(rusak, unit=[])
    baris = [int(m.split(":")[0].removeprefix("baris ")) for m in galat.value.masalah]
    assert baris == sorted(baris)
    assert len(baris) == 5


def test_loading_again_changes_what_the_file_changes(instansi: Instansi, now: datetime) -> None:
    hasil = load_rencana(teks=KECIL, instansi=instansi, aktor=None, now=now)
    assert (hasil.tujuan, hasil.sasaran, hasil.indikator, hasil.target) == (1, 1, 2, 3)
    ubah = KECIL.replace("Pertumbuhan", "Laju").replace("2.25", "2.5")
    load_rencana(teks=ubah, instansi=instansi, aktor=None, now=now)
    assert (Tujuan.objects.count(), Sasaran.objects.count()) == (1, 1)
    assert {i.nama for i in Indikator.objects.all()} == {"Laju", "Kasus"}
    assert Target.objects.get(triwulan=2).nilai == Decimal("2.5")
    assert Jejak.objects.filter(aksi="kinerja.rencana.load").count() == 2


def test_a_faulty_file_writes_nothing(instansi: Instansi, now: datetime) -> None:
    with pytest.raises(RencanaDitolak, match="1 masalah") as galat:
        load_rencana(teks=KECIL.replace("2.25", "x"), instansi=instansi, aktor=None, now=now)
    assert galat.value.masalah == [f"baris 17: “x” {TAK_TERBACA}"]
    assert not Tujuan.objects.exists()


def test_demo_plan_fits_its_office(instansi: Instansi) -> None:
    keluar = StringIO()
    call_command("muat_kinerja", CONTOH, instansi=instansi.kode, stdout=keluar)
    assert "3 sasaran, 16 indikator, 64 target" in keluar.getvalue()
    daftar = Indikator.objects.all()
    assert {i.unit.kode for i in daftar} == set(UNIT)
    assert {i.rumus for i in daftar} == {"per_target", "cermin", "kebalikan", "tanggal"}
    jenis = set(daftar.values_list("jenis_nilai", flat=True))
    assert {"ordinal", "tanggal"} <= jenis
    (tersusun,) = daftar.filter(susunan="bagi")
    assert [k.peran for k in tersusun.komponen.all()] == ["pembilang", "penyebut"]
    assert {n.nama for n in Label.objects.all()} == {"IKU", "IKI", "IKD", "IKK"}
    assert [a.target.count() for a in RencanaAksi.objects.order_by("pk")] == [3, 4, 4]
    assert Target.objects.filter(nilai=0).count() == 4


def test_actions_are_read_and_what_was_noted_of_them_stays(
    instansi: Instansi, now: datetime
) -> None:
    muat = partial(call_command, "muat_kinerja", CONTOH, instansi=instansi.kode, stdout=StringIO())
    muat()
    oleh = PenggunaFactory.create()
    catatan = {"keadaan": "dilaksanakan", "dicatat_oleh": oleh, "dicatat_pada": now}
    TargetAksi.objects.update(nilai=1, **catatan)
    muat()
    assert RencanaAksi.objects.count() == 3
    assert set(TargetAksi.objects.values_list("keadaan", flat=True)) == {"dilaksanakan"}
    assert not TargetAksi.objects.filter(nilai=1).exists()


AKSI = "{tahun: 2026, uraian: Latih, satuan: orang, unit: P2P, target: %s}"


@pytest.mark.parametrize(
    ("target", "masalah"),
    [
        ("[1, 2]", "empat nilai"),
        ("['-', '-', '-', '-']", "pada satu triwulan atau lebih"),
        ("['-1', '-', '-', '-']", "kurang dari nol"),
    ],
)
def test_an_action_has_four_places_and_one_target_at_least(target: str, masalah: str) -> None:
    with pytest.raises(BerkasTidakSah) as galat:
        read_rencana(KECIL.replace(KASUS, f"{KASUS}, aksi: [{AKSI % target}]"), unit=["P2P"])
    assert any(masalah in m for m in galat.value.masalah), galat.value.masalah


KASUS = "nama: Kasus, satuan: kasus"


def test_command_lists_faults(instansi: Instansi, tmp_path: Path) -> None:
    berkas = tmp_path / "rencana.yaml"
    berkas.write_text(KECIL.replace("2.25", "x"), encoding="utf-8")
    with pytest.raises(CommandError, match="baris 17: “x” tidak terbaca"):
        call_command("muat_kinerja", berkas, instansi=instansi.kode)


def test_command_names_a_missing_office_or_file(instansi: Instansi, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="Instansi “lain” tidak ada"):
        call_command("muat_kinerja", CONTOH, instansi="lain")
    with pytest.raises(CommandError, match="tidak dapat dibaca"):
        call_command("muat_kinerja", tmp_path / "tiada.yaml", instansi=instansi.kode)


LENGKAP = """\
renstra: {tahun_awal: 2025, tahun_akhir: 2029, visi: Maju, misi: Sehat}
tujuan:
  - kode: "1"
    uraian: Tujuan
    tahun_awal: 2025
    tahun_akhir: 2029
    sasaran:
      - kode: "1"
        uraian: Sasaran
        indikator:
          - kode: "1.1"
            nama: Stunting
            satuan: persen
            unit: P2P
            renstra: {2026: "9", 2029: "6"}
            pembanding:
              - {tahun: 2025, tingkat: nasional, nilai: "19,8", sumber: SSGI}
              - {tahun: 2025, tingkat: daerah_lain, nilai: "8", sumber: LKjIP, wilayah: Jombang}
        program:
          - {kode: 1.2.2, nama: U, tahun: 2026, unit: P2P, pagu: 1.000, realisasi: [100, "-", 300]}
          - {kode: 1.2.2.2.1, nama: Layanan, tahun: 2026}
"""


def test_longer_plan_budget_and_figures_of_others_are_loaded(
    instansi: Instansi, now: datetime
) -> None:
    for _ulang in range(2):
        hasil = load_rencana(teks=LENGKAP, instansi=instansi, aktor=None, now=now)
    assert hasil.program == 2
    indikator = Indikator.objects.get()
    assert dict(indikator.target_renstra.values_list("tahun", "nilai")) == {2026: 9, 2029: 6}
    assert {str(p) for p in indikator.pembanding.all()} == {"1.1 Nasional 2025", "1.1 Jombang 2025"}
    atas, bawah = Program.objects.order_by("kode")
    assert (atas.kode, atas.pagu, atas.jenis, atas.sasaran) == (
        "1.02.02",
        1000,
        "program",
        indikator.sasaran,
    )
    assert (bawah.induk, bawah.sasaran, bawah.unit, bawah.pagu) == (atas, None, None, None)
    assert dict(atas.realisasi.values_list("triwulan", "nilai")) == {1: 100, 3: 300}
    assert str(Renstra.objects.get()) == "Renstra 2025–2029"


@pytest.mark.parametrize(
    ("cari", "ganti", "masalah"),
    [
        ("2029: ", "20x9: ", "baris 15: “20x9” bukan tahun"),
        ("sumber: SSGI", 'sumber: "  "', "baris 17: sumber belum diisi"),
        (", sumber: SSGI", "", "baris 17: sumber belum diisi"),
        (', nilai: "19,8"', "", "baris 17: “nilai” belum diisi"),
        (", wilayah: Jombang", "", "baris 18: sebutkan nama daerah lain"),
        ("tahun: 2025, tingkat: nasional", "tahun: 1925, tingkat: nasional", "tahun 1925 tidak"),
        ("kode: 1.2.2,", "kode: abc,", "baris 20: “abc” bukan kode program"),
        ("kode: 1.2.2.2.1", "kode: 1.2.9.2.1", "baris 21: 1.02.09 belum disebut di atas"),
        ("1.2.2.2.1", "1.02.02", "baris 21: kode program “2026 1.02.02” sudah dipakai"),
        ('[100, "-", 300]', "[300, 100]", "baris 20: realisasi anggaran tidak pernah berkurang"),
        ('[100, "-", 300]', "[]", "baris 20: realisasi terdiri atas satu sampai empat nilai"),
        ("2029, visi", "2020, visi", "baris 1: tahun_awal lebih besar"),
    ],
)
def test_faults_of_the_longer_plan_are_named(cari: str, ganti: str, masalah: str) -> None:
    assert cari in LENGKAP
    with pytest.raises(BerkasTidakSah) as galat:
        read_rencana(LENGKAP.replace(cari, ganti, 1), unit=["P2P"])
    assert any(masalah in m for m in galat.value.masalah), galat.value.masalah


@pytest.mark.parametrize(
    ("kantor", "celah"),
    [
        ("dinkes-mojokerto", ("Belum didukung program", "Belum ada target akhir Renstra")),
        ("dprkp2-mojokerto", ("Belum ada target akhir Renstra",)),
        ("kecamatan-dawarblandong", ()),
        ("kota-blitar", ()),
    ],
)
def test_demo_plans_have_few_gaps(
    db: None, now: datetime, kantor: str, celah: tuple[str, ...]
) -> None:
    teks = (CONTOH.parent / f"{kantor}.yaml").read_text(encoding="utf-8")
    for kode in set(re.findall(r"unit: (\w+)", teks)):
        instansi = UnitKerjaFactory(instansi__kode=kantor, kode=kode).instansi
    load_rencana(teks=teks, instansi=instansi, aktor=None, now=now)
    pohon = get_pohon(instansi, 2026)
    ada = [
        c
        for t in pohon.tujuan
        for s in t.sasaran
        for c in (*s.celah, *(c for i in s.indikator for c in i.celah))
    ]
    assert sorted(ada) == sorted(celah)
