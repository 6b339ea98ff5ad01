"""The working calendar of an office: who changes it, what it refuses, what it leaves behind."""

from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from organisasi.models import HariLibur, Instansi, JamKerja, Jejak, Pengguna, SesiKerja
from organisasi.selectors import find_chain_break, get_kalender
from organisasi.selectors_kalender import get_halaman
from organisasi.services.kalender import (
    IsianJam,
    IsianLibur,
    import_libur,
    remove_jam,
    remove_libur,
    save_jam,
    save_libur,
)
from sakip.common.errors import AksesDitolak, IsianTidakSah
from sakip.common.waktu import JAM_RAMADAN_BAKU
from tests.factories.organisasi import InstansiFactory, JabatanFactory, PenugasanFactory

pytestmark = [pytest.mark.django_db, pytest.mark.basisdata]
HARI_JADI = IsianLibur(date(2026, 5, 9), "Hari jadi kabupaten", dasar="Perbup 1/2026")
RAMADAN = IsianJam("Ramadan", date(2027, 2, 8), date(2027, 3, 9), "SE 1/2027", JAM_RAMADAN_BAKU)


@pytest.fixture
def instansi() -> Instansi:
    """An office."""
    return InstansiFactory.create()


@pytest.fixture
def pengelola(instansi: Instansi) -> Pengguna:
    """Whoever configures it."""
    jabatan = JabatanFactory(instansi=instansi, tingkat="pengelola")
    return PenugasanFactory.create(jabatan=jabatan).pengguna


def test_free_day_is_added_changed_and_removed_with_a_trail(
    instansi: Instansi, pengelola: Pengguna, now: datetime
) -> None:
    cara: dict[str, Any] = {"instansi_id": instansi.pk, "aktor": pengelola, "now": now}
    libur = save_libur(isi=HARI_JADI, **cara)
    ubah = IsianLibur(date(2026, 5, 8), "Hari jadi", perkiraan=True)
    assert save_libur(isi=ubah, libur_id=libur.pk, **cara).pk == libur.pk
    assert (HariLibur.objects.get().nama, HariLibur.objects.get().perkiraan) == ("Hari jadi", True)
    remove_libur(libur_id=libur.pk, **cara)
    assert not HariLibur.objects.exists()
    jejak = Jejak.objects.filter(aksi="organisasi.kalender.libur").order_by("urut")
    tanggal = [(j.data["dari"].get("tanggal"), j.data["ke"].get("tanggal")) for j in jejak]
    assert tanggal == [(None, "2026-05-09"), ("2026-05-09", "2026-05-08"), ("2026-05-08", None)]
    assert find_chain_break(Instansi.objects.get(pk=instansi.pk)) is None


@pytest.mark.parametrize("milik", [True, False], ids=["instansi", "nasional"])
def test_day_that_is_free_already_is_named(
    instansi: Instansi, pengelola: Pengguna, now: datetime, milik: object
) -> None:
    HariLibur.objects.create(
        instansi=instansi if milik else None, tanggal=HARI_JADI.tanggal, nama="Waisak"
    )
    HariLibur.objects.create(
        instansi=InstansiFactory(), tanggal=date(2026, 7, 1), nama="Kantor lain"
    )
    with pytest.raises(IsianTidakSah, match="9 Mei 2026 sudah libur: Waisak"):
        save_libur(instansi_id=instansi.pk, isi=HARI_JADI, aktor=pengelola, now=now)
    lain = IsianLibur(date(2026, 7, 1), "Milik sendiri")
    assert save_libur(instansi_id=instansi.pk, isi=lain, aktor=pengelola, now=now).pk


def test_list_adds_only_days_that_are_not_free_yet(
    instansi: Instansi, pengelola: Pengguna, now: datetime
) -> None:
    HariLibur.objects.create(tanggal=date(2027, 1, 1), nama="Tahun Baru")
    daftar = [IsianLibur(date(2027, 1, n), f"Hari {n}", jenis="nasional") for n in (1, 2, 3)]
    cara: dict[str, Any] = {"instansi_id": instansi.pk, "aktor": pengelola, "now": now}
    assert import_libur(daftar=daftar, **cara) == 2
    assert import_libur(daftar=daftar, **cara) == 0
    assert HariLibur.objects.filter(instansi=instansi).count() == 2
    assert len(Jejak.objects.get(aksi="organisasi.kalender.impor").data["ke"]) == 2


def test_hours_are_set_changed_and_given_up_with_a_trail(
    instansi: Instansi, pengelola: Pengguna, now: datetime
) -> None:
    cara: dict[str, Any] = {"instansi_id": instansi.pk, "aktor": pengelola, "now": now}
    jam = save_jam(isi=RAMADAN, **cara)
    kalender = get_kalender(instansi, sekitar=date(2027, 3, 1))
    assert kalender.sesi(date(2027, 3, 1)) == JAM_RAMADAN_BAKU[0]
    baru = IsianJam("Ramadan", RAMADAN.mulai, None, "", {0: ((time(8), time(9)),)})
    save_jam(isi=baru, jam_id=jam.pk, **cara)
    assert [str(s) for s in SesiKerja.objects.all()] == ["Senin 08.00–09.00"]
    remove_jam(jam_id=jam.pk, **cara)
    assert not JamKerja.objects.exists()
    jejak = Jejak.objects.filter(aksi="organisasi.kalender.jam").order_by("urut")
    banyak = [
        (len(j.data["dari"].get("sesi", [])), len(j.data["ke"].get("sesi", []))) for j in jejak
    ]
    assert banyak == [(0, 10), (10, 1), (1, 0)]


@pytest.mark.parametrize(
    ("ubah", "pesan"),
    [
        ({"sesi": {}}, "satu jam kerja"),
        ({"selesai": date(2027, 1, 1)}, "sesudah tanggal mulai"),
        ({}, "mulai berlaku pada tanggal itu"),
    ],
    ids=["kosong", "mundur", "kembar"],
)
def test_hours_that_cannot_hold_are_refused(
    instansi: Instansi,
    pengelola: Pengguna,
    now: datetime,
    ubah: dict[str, object],
    pesan: str,
) -> None:
    cara: dict[str, Any] = {"instansi_id": instansi.pk, "aktor": pengelola, "now": now}
    save_jam(isi=RAMADAN, **cara)
    isi = IsianJam(**{**vars(RAMADAN), **ubah})
    with pytest.raises(IsianTidakSah, match=pesan):
        save_jam(isi=isi, **cara)
    assert JamKerja.objects.count() == 1


ACTS: dict[str, Callable[..., object]] = {
    "libur": lambda **cara: save_libur(isi=HARI_JADI, **cara),
    "hapus-libur": lambda **cara: remove_libur(libur_id=0, **cara),
    "impor": lambda **cara: import_libur(daftar=[HARI_JADI], **cara),
    "jam": lambda **cara: save_jam(isi=RAMADAN, **cara),
    "hapus-jam": lambda **cara: remove_jam(jam_id=0, **cara),
}


@pytest.mark.parametrize("nama", ACTS)
@pytest.mark.parametrize("tingkat", ["perencana", "staf", "kepala"])
def test_calendar_is_changed_by_those_who_configure_that_office(
    instansi: Instansi, now: datetime, nama: str, tingkat: str
) -> None:
    kantor = InstansiFactory() if tingkat == "kepala" else instansi
    orang = PenugasanFactory(jabatan=JabatanFactory(instansi=kantor, tingkat=tingkat)).pengguna
    with pytest.raises(AksesDitolak):
        ACTS[nama](instansi_id=instansi.pk, aktor=orang, now=now)
    assert not HariLibur.objects.exists()
    assert not Jejak.objects.exists()


def test_rows_of_the_nation_and_of_others_are_out_of_reach(
    instansi: Instansi, pengelola: Pengguna, now: datetime
) -> None:
    cara: dict[str, Any] = {"instansi_id": instansi.pk, "aktor": pengelola, "now": now}
    for pemilik in (None, InstansiFactory()):
        libur = HariLibur.objects.create(
            instansi=pemilik, tanggal=HARI_JADI.tanggal, nama="Bukan milik sendiri"
        )
        with pytest.raises(HariLibur.DoesNotExist):
            save_libur(isi=HARI_JADI, libur_id=libur.pk, **cara)
        with pytest.raises(HariLibur.DoesNotExist):
            remove_libur(libur_id=libur.pk, **cara)
    asing = JamKerja.objects.create(instansi=InstansiFactory(), nama="Asing", mulai=RAMADAN.mulai)
    with pytest.raises(JamKerja.DoesNotExist):
        save_jam(isi=RAMADAN, jam_id=asing.pk, **cara)
    with pytest.raises(JamKerja.DoesNotExist):
        remove_jam(jam_id=asing.pk, **cara)


def test_year_at_a_glance_counts_and_marks_its_days(
    instansi: Instansi, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    HariLibur.objects.create(tanggal=date(2026, 1, 1), nama="Tahun Baru", dasar="SKB")
    HariLibur.objects.create(
        tanggal=date(2026, 1, 2), nama="Cuti", jenis="cuti_bersama", dasar="SKB"
    )
    HariLibur.objects.create(
        instansi=instansi, tanggal=date(2026, 5, 9), nama="Jadi", jenis="instansi", perkiraan=True
    )
    with django_assert_num_queries(4):
        halaman = get_halaman(instansi, tahun=2026, kini=date(2026, 10, 12))
    assert halaman.hari_kerja == 261 - 2
    assert [b.hari_kerja for b in halaman.bulan[:2]] == [20, 20]
    kelas = {h.tanggal: h.kelas for b in halaman.bulan for p in b.pekan for h in p if h}
    assert len(kelas) == 365
    assert kelas[date(2026, 1, 1)] == "kal--nasional"
    assert kelas[date(2026, 5, 9)] == "kal--instansi kal--perkiraan"
    assert (kelas[date(2026, 1, 3)], kelas[date(2026, 1, 5)]) == ("kal--bebas", "")
    assert halaman.dasar == ["SKB"]
    assert not halaman.is_kosong
    assert halaman.jam_hari[0][0] == "Senin"
    assert get_halaman(instansi, tahun=2030, kini=date(2026, 10, 12)).is_kosong
