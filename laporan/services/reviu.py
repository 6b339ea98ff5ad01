"""Recording the review of a report by the internal auditor."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from laporan.models import ButirReviu, ReviuAPIP
from laporan.rules.reviu import BUTIR, Jawaban
from laporan.services.giliran import take_giliran
from organisasi.models import Pengguna
from sakip.common.errors import IsianTidakSah


@dataclass(frozen=True)
class IsianReviu:
    """A review as filled in."""

    pereviu: str
    tanggal: date
    nama: str
    jabatan: str
    simpulan: str
    butir: Sequence[Jawaban]
    nomor: str = ""
    pangkat: str = ""
    nip: str = ""
    catatan: str = ""


_RUAS = (
    "pereviu",
    "tanggal",
    "nama",
    "jabatan",
    "simpulan",
    "nomor",
    "pangkat",
    "nip",
    "catatan",
)


@transaction.atomic
def save_reviu(*, tugas_id: int, isian: IsianReviu, aktor: Pengguna, now: datetime) -> ReviuAPIP:
    """Keep the review of this visit. Unanswered statements may wait until the step is finished.

    Raises:
        TransisiDitolak, AksesDitolak: as `take_giliran`.
        IsianTidakSah: a day that has not come, or remarks are announced and not written (422).
    """
    giliran = take_giliran(tugas_id=tugas_id, aktor=aktor, now=now)
    if isian.tanggal > now.astimezone(giliran.draf.instansi.zona_waktu).date():
        raise IsianTidakSah(_("Tanggal reviu belum tiba. Periksa kembali."))
    if isian.simpulan == ReviuAPIP.Simpulan.DENGAN and not isian.catatan.strip():
        raise IsianTidakSah(_("Catatan hasil reviu: tuliskan hal yang perlu diperhatikan."))
    kunjungan = giliran.tugas.kunjungan
    reviu = ReviuAPIP.objects.filter(kunjungan=kunjungan).first() or ReviuAPIP(
        draf=giliran.draf, kunjungan=kunjungan, dibuat_oleh=aktor, dibuat_pada=now
    )
    for nama in _RUAS:
        setattr(reviu, nama, getattr(isian, nama))
    reviu.save()
    menurut = {j.kode: j for j in isian.butir}
    reviu.butir.all().delete()
    ButirReviu.objects.bulk_create(
        _make_butir(reviu, n, butir, menurut.get(butir[0], Jawaban(butir[0])))
        for n, butir in enumerate(BUTIR, start=1)
    )
    giliran.record("laporan.reviu.simpan", now, pereviu=reviu.pereviu, simpulan=reviu.simpulan)
    return reviu


def _make_butir(
    reviu: ReviuAPIP, urutan: int, butir: tuple[str, str, str], jawaban: Jawaban
) -> ButirReviu:
    kode, kelompok, pernyataan = butir
    return ButirReviu(
        reviu=reviu,
        urutan=urutan,
        kode=kode,
        kelompok=kelompok,
        pernyataan=pernyataan,
        jawaban=jawaban.jawaban,
        catatan=jawaban.catatan,
        tanggapan=jawaban.tanggapan,
    )
