"""National free days: what the files say, loading them, and how the calendar reads them."""

from collections.abc import Mapping
from datetime import date, time
from pathlib import Path

import pytest
import yaml
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from pytest_django import DjangoAssertNumQueries

from organisasi.management.commands.muat_libur import FOLDER
from organisasi.models import HariLibur, JamKerja, SesiKerja
from organisasi.selectors import get_kalender
from sakip.common.waktu import JAM_RAMADAN_BAKU, Sesi
from tests.factories.organisasi import InstansiFactory

pytestmark = pytest.mark.django_db
NASIONAL, CUTI = HariLibur.Jenis.NASIONAL, HariLibur.Jenis.CUTI_BERSAMA
RABU = date(2026, 10, 14)


@pytest.mark.parametrize(
    ("tahun", "nasional", "cuti_bersama"),
    [("2025", 17, 11), ("2026", 17, 8), ("2027", 18, 8)],
)
def test_files_hold_as_many_days_as_the_decrees(
    tahun: str, nasional: int, cuti_bersama: int
) -> None:
    data = yaml.safe_load((FOLDER / f"{tahun}.yaml").read_text(encoding="utf-8"))
    assert (len(data["nasional"]), len(data["cuti_bersama"])) == (nasional, cuti_bersama)
    assert all(h["tanggal"].weekday() < 5 for h in data["cuti_bersama"])


def test_loading_again_adds_nothing_and_undoes_no_correction() -> None:
    call_command("muat_libur", verbosity=0)
    HariLibur.objects.filter(tanggal=date(2027, 3, 10)).update(perkiraan=False, nama="Idulfitri")
    call_command("muat_libur", verbosity=0)
    assert HariLibur.objects.count() == 79
    assert HariLibur.objects.get(tanggal=date(2027, 3, 10)).nama == "Idulfitri"
    assert HariLibur.objects.filter(instansi=None, jenis=CUTI).count() == 27


def test_only_days_that_wait_for_a_decision_are_marked_as_estimates() -> None:
    call_command("muat_libur", verbosity=0)
    perkiraan = HariLibur.objects.filter(perkiraan=True)
    assert {h.nama for h in perkiraan} == {"Idulfitri 1448 Hijriah", "Iduladha 1448 Hijriah"}
    tambahan = HariLibur.objects.get(tanggal=date(2025, 8, 18))
    assert (tambahan.jenis, "933/2025" in tambahan.dasar) == (CUTI, True)


@pytest.mark.parametrize(
    ("isi", "pesan"),
    [
        ("tahun: 2026\ndasar: X\nnasional: []\n", "cuti_bersama"),
        ("- 1\n", "isinya salah"),
        ("kosong", "isinya salah"),
        ("a: [", "tidak dapat dibaca"),
        (
            "{tahun: 2026, dasar: X, cuti_bersama: [], "
            "nasional: [{tanggal: 2027-01-01, nama: Salah tahun}]}",
            "bukan tanggal di tahun 2026",
        ),
        (
            "{tahun: 2026, dasar: X, nasional: [{tanggal: 2026-01-01, nama: A}], "
            "cuti_bersama: [{tanggal: 2026-01-01, nama: A}]}",
            "tertulis dua kali",
        ),
    ],
    ids=["kunci", "daftar", "kata", "yaml", "tahun", "ganda"],
)
def test_file_of_another_shape_is_refused_whole(tmp_path: Path, isi: str, pesan: str) -> None:
    berkas = tmp_path / "libur.yaml"
    berkas.write_text(isi, encoding="utf-8")
    with pytest.raises(CommandError, match=pesan), transaction.atomic():
        call_command("muat_libur", berkas, verbosity=0)
    assert not HariLibur.objects.exists()


def test_missing_file_is_named() -> None:
    with pytest.raises(CommandError, match=r"tidak-ada\.yaml: tidak dapat dibaca"):
        call_command("muat_libur", Path("tidak-ada.yaml"), verbosity=0)


def test_day_of_an_office_needs_its_office() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        HariLibur.objects.create(tanggal=RABU, nama="Hari jadi", jenis=HariLibur.Jenis.INSTANSI)


def make_jam(jam: JamKerja, isi: Mapping[int, tuple[Sesi, ...]]) -> None:
    """Store the sessions of a set of hours."""
    jam.save()
    for hari, daftar in isi.items():
        for buka, tutup in daftar:
            SesiKerja.objects.create(jam_kerja=jam, hari=hari, buka=buka, tutup=tutup)


def test_calendar_reads_hours_and_free_days_of_the_office_in_two_queries(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    instansi, lain = InstansiFactory.create(), InstansiFactory.create()
    enam_hari = {h: ((time(7), time(14)),) for h in range(6)}
    make_jam(JamKerja(instansi=instansi, nama="Enam hari", mulai=date(2026, 1, 1)), enam_hari)
    ramadan = JamKerja(
        instansi=instansi, nama="Ramadan", mulai=date(2026, 2, 19), selesai=date(2026, 3, 19)
    )
    make_jam(ramadan, JAM_RAMADAN_BAKU)
    sesudah = JamKerja(instansi=instansi, nama="Baru", mulai=date(2026, 3, 1))
    make_jam(sesudah, {0: ((time(9), time(10)),)})
    HariLibur.objects.create(tanggal=RABU, nama="Semua")
    HariLibur.objects.create(instansi=lain, tanggal=date(2026, 10, 15), nama="Kantor lain")
    with django_assert_num_queries(2):
        kalender = get_kalender(instansi, sekitar=RABU)
    assert kalender.libur == {RABU}
    assert kalender.sesi(date(2025, 12, 31))[0] == (time(7, 30), time(12))
    assert kalender.sesi(date(2026, 1, 3)) == ((time(7), time(14)),)
    assert kalender.sesi(date(2026, 3, 2))[0] == (time(8), time(12))
    assert kalender.sesi(date(2026, 3, 23)) == ((time(9), time(10)),)
    assert get_kalender(lain, sekitar=RABU).berlaku == ()


def test_free_days_reach_back_as_far_as_asked() -> None:
    instansi = InstansiFactory.create()
    HariLibur.objects.create(tanggal=date(2020, 1, 1), nama="Lama")
    assert not get_kalender(instansi, sekitar=RABU).libur
    assert get_kalender(instansi, sekitar=RABU, sejak=date(2019, 1, 1)).libur
