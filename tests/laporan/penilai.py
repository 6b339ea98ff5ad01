"""People who assess an SOP, and the forms they have begun."""

from datetime import datetime

from laporan.models import PenilaianSOP
from laporan.rules.rentang import read_rentang
from laporan.services.penilaian import (
    IsianButir,
    IsianPenilaian,
    create_penilaian,
    save_penilaian,
)
from organisasi.models import Pengguna
from tests.laporan.kisah import tell_story
from tests.laporan.rute import DINKES, Kantor, make_kantor

SEMESTER, TAHUN = read_rentang("2026-s2"), read_rentang("2026")


def make_kantor_berkisah(now: datetime) -> Kantor:
    """An office with one finished report, as `tests.laporan.kisah` tells it."""
    kantor = make_kantor(DINKES, now)
    tell_story(kantor, now)
    return kantor


def begin(kantor: Kantor, now: datetime, jenis: str = "monitoring") -> PenilaianSOP:
    """A form just begun by the secretary."""
    return create_penilaian(
        versi=kantor.versi,
        jenis=jenis,
        rentang=SEMESTER if jenis == "monitoring" else TAHUN,
        aktor=orang(kantor, "sekretaris"),
        now=now,
    )


def orang(kantor: Kantor, kode: str) -> Pengguna:
    """The holder of a post."""
    return kantor.orang[kantor.instansi.jabatan.get(kode=kode).pk]


def answer_all(penilaian: PenilaianSOP, aktor: Pengguna, now: datetime) -> PenilaianSOP:
    """Every open row: not well, with what is to be done."""
    isian = {
        b.pk: IsianButir(b.jawaban or "tidak", "Rapat tertunda.", "Jadwalkan lebih awal.")
        for b in penilaian.butir.all()
    }
    return save_penilaian(
        penilaian_id=penilaian.pk,
        isian=IsianPenilaian(PenilaianSOP.objects.get(pk=penilaian.pk).isian_urut, isian),
        aktor=aktor,
        now=now,
    )
