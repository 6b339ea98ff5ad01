"""What belongs to the office next door is neither found, changed nor counted, whoever asks."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ObjectDoesNotExist

from organisasi.models import (
    HariLibur,
    Instansi,
    Lambang,
    Penugasan,
    SuratAkun,
    UnitKerja,
)
from organisasi.selectors import (
    list_jam_berlaku,
    list_pejabat,
    list_pemegang_lain,
    list_pengelola,
    list_susunan,
    list_undangan_gagal,
)
from organisasi.selectors_kalender import get_halaman
from organisasi.selectors_register import get_register_aktif
from organisasi.services import kalender, lambang, register, susunan
from organisasi.services.kunci_api import create_kunci, revoke_kunci
from organisasi.services.libur import load_libur
from organisasi.services.penugasan import end_penugasan
from organisasi.templatetags.lambang import lambang_data
from sakip.common.errors import TransisiDitolak
from sakip.common.waktu import JAM_KERJA_BAKU
from tests.factories.organisasi import (
    JabatanFactory,
    PenugasanFactory,
    UnitKerjaFactory,
)

pytestmark = pytest.mark.django_db
HARI, BESOK = date(2026, 10, 12), date(2026, 10, 13)
SURAT = register.IsianRegister("Surat keluar", "surat", "{nomor}/{tahun}", "tahun")
JAM = kalender.IsianJam("Ramadan", HARI, None, "SE 1/2026", JAM_KERJA_BAKU)
PESANAN = register.Pesanan(HARI, "Uji")


class Kantor:
    """An office with one thing of every kind, and who configures it."""

    def __init__(self, now: datetime) -> None:
        self.pengelola = PenugasanFactory.create(jabatan=JabatanFactory(tingkat="pengelola"))
        self.instansi: Instansi = self.pengelola.jabatan.instansi
        self.cara: dict[str, Any] = {
            "instansi_id": self.instansi.pk,
            "aktor": self.pengelola.pengguna,
            "now": now,
        }
        isi = kalender.IsianLibur(HARI, "HUT kantor")
        self.libur = kalender.save_libur(isi=isi, **self.cara)
        self.jam = kalender.save_jam(isi=JAM, **self.cara)
        self.kunci, _rahasia = create_kunci(nama="Portal", berlaku_sampai=BESOK, **self.cara)
        self.register = register.save_register(isian=SURAT, **self.cara)
        self.nomor = register.take_nomor_manual(
            register_id=self.register.pk, pesanan=PESANAN, **self.cara
        )
        Lambang.objects.create(instansi=self.instansi, isi=b"x", sha256="0" * 64, diubah_pada=now)
        UnitKerjaFactory.create(instansi=self.instansi, kode="umum", urutan=7)


@pytest.fixture
def lain(now: datetime) -> Kantor:
    """The office next door, where everything is there."""
    return Kantor(now)


@pytest.fixture
def cara(now: datetime) -> dict[str, Any]:
    """Who configures the own office, where nothing is there yet."""
    mandat = PenugasanFactory.create(jabatan=JabatanFactory(tingkat="pengelola"))
    return {"instansi_id": mandat.jabatan.instansi_id, "aktor": mandat.pengguna, "now": now}


TINDAKAN: dict[str, Callable[..., object]] = {
    "libur-ubah": lambda k, **c: kalender.save_libur(
        libur_id=k.libur.pk, isi=kalender.IsianLibur(BESOK, "Direbut"), **c
    ),
    "libur-hapus": lambda k, **c: kalender.remove_libur(libur_id=k.libur.pk, **c),
    "libur-masuk": lambda k, **c: kalender.work_on_libur(libur_id=k.libur.pk, dasar="SE", **c),
    "jam-ubah": lambda k, **c: kalender.save_jam(jam_id=k.jam.pk, isi=JAM, **c),
    "jam-hapus": lambda k, **c: kalender.remove_jam(jam_id=k.jam.pk, **c),
    "kunci-cabut": lambda k, **c: revoke_kunci(kunci_id=k.kunci.pk, **c),
    "register-ubah": lambda k, **c: register.save_register(
        register_id=k.register.pk, isian=SURAT, **c
    ),
    "nomor-ambil": lambda k, **c: register.take_nomor_manual(
        register_id=k.register.pk, pesanan=PESANAN, **c
    ),
    "nomor-batal": lambda k, **c: register.cancel_nomor_manual(
        nomor_id=k.nomor.pk, alasan="Uji", **c
    ),
}


@pytest.mark.parametrize("nama", TINDAKAN)
def test_act_does_not_find_what_the_office_next_door_has(
    nama: str, lain: Kantor, cara: dict[str, Any]
) -> None:
    with pytest.raises(ObjectDoesNotExist):
        TINDAKAN[nama](lain, **cara)


def test_what_the_office_next_door_has_stands_in_nobodys_way(
    lain: Kantor, cara: dict[str, Any], now: datetime
) -> None:
    """The same day, hours, register and names once more, each counted from the beginning."""
    nasional = HariLibur.objects.create(tanggal=HARI, nama="Cuti bersama")
    assert kalender.work_on_libur(libur_id=nasional.pk, dasar="SE", **cara).is_masuk
    jam = kalender.save_jam(isi=JAM, **cara)
    sendiri = register.save_register(isian=SURAT, **cara)
    kantor = jam.instansi
    assert get_register_aktif(kantor, "surat") == sendiri
    assert get_halaman(kantor, tahun=HARI.year, kini=HARI).jam == [jam]
    assert len(list_jam_berlaku(kantor)) == 1
    unit = susunan.create_unit(isian=susunan.IsianUnit("Umum", "bidang"), **cara)
    assert (unit.kode, unit.urutan) == ("umum", 1)
    nama = lain.pengelola.jabatan.kode.replace("_", " ")
    jabatan = susunan.create_jabatan(isian=susunan.IsianJabatan(nama, "staf"), **cara)
    assert jabatan.kode == lain.pengelola.jabatan.kode
    lambang.remove_lambang(**cara)
    assert lambang_data(lain.instansi)
    assert not lambang_data(kantor)


def test_day_that_only_another_office_has_free_is_loaded_for_all(lain: Kantor) -> None:
    data = {"tahun": 2026, "dasar": "SKB", "cuti_bersama": []}
    assert load_libur(data | {"nasional": [{"tanggal": HARI, "nama": "Hari raya"}]}) == 1


def test_units_move_among_those_of_their_office(lain: Kantor, cara: dict[str, Any]) -> None:
    isian = [susunan.IsianUnit(nama, "bidang") for nama in ("Satu", "Dua")]
    satu, dua = (susunan.create_unit(isian=i, **cara) for i in isian)
    siapa = {"aktor": cara["aktor"], "now": cara["now"]}
    susunan.move_unit(unit_id=dua.pk, naik=True, **siapa)
    urut = UnitKerja.objects.filter(instansi=satu.instansi).order_by("urutan")
    assert list(urut.values_list("pk", "urutan")) == [(dua.pk, 1), (satu.pk, 2)]
    assert UnitKerja.objects.get(instansi=lain.instansi).urutan == 7


def test_people_of_an_office_are_its_own(lain: Kantor, cara: dict[str, Any], now: datetime) -> None:
    kantor = Instansi.objects.get(pk=cara["instansi_id"])
    sendiri = Penugasan.objects.get(pengguna=cara["aktor"])
    diundang = PenugasanFactory.create(jabatan=lain.pengelola.jabatan).pengguna
    SuratAkun.objects.create(pengguna=diundang, jenis="undangan", dibuat_pada=now, jadwal=None)
    assert list_pengelola(kantor.pk, pada=now) == [cara["aktor"]]
    assert list(list_pejabat(kantor, pada=now)) == [sendiri]
    assert [s.kini for s in list_susunan(kantor, pada=now)] == [[sendiri]]
    assert (list_undangan_gagal(kantor), list_undangan_gagal(lain.instansi)) == (
        set(),
        {diundang.pk},
    )


def test_manager_next_door_is_no_substitute_for_the_last_one(
    lain: Kantor, cara: dict[str, Any], now: datetime
) -> None:
    terakhir = Penugasan.objects.get(pengguna=cara["aktor"])
    besok = now + timedelta(days=1)
    with pytest.raises(TransisiDitolak, match="tidak ada yang dapat mengelola"):
        end_penugasan(
            penugasan_id=terakhir.pk, pada=besok, alasan="Mutasi", aktor=cara["aktor"], now=now
        )


def test_second_mandate_of_the_same_person_is_nobody_elses(lain: Kantor) -> None:
    dua = PenugasanFactory.create(
        pengguna=lain.pengelola.pengguna, jabatan=lain.pengelola.jabatan, plh=True
    )
    assert list_pemegang_lain(dua) == []
