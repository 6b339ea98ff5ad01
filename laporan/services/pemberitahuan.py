"""Writing notices, in the transaction of the act that causes them. A notice decides nothing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from laporan.models import Draf, Pemberitahuan, Pengiriman, Tugas
from laporan.rules.tindakan import TINDAKAN
from organisasi.models import Pengguna, Saluran
from organisasi.selectors import list_pemegang, list_saluran
from sakip.common.waktu import Kalender, KalenderKosong, saat
from sop.rules.graf import SimpulLangkah

Jenis = Pemberitahuan.Jenis


@dataclass(frozen=True)
class Kabar:
    """One notice to be written. kunci: the same news for the same person has the same key."""

    pengguna_id: int
    jenis: str
    teks: str
    kunci: str
    tugas_id: int | None = None


def notify(
    draf: Draf, kabar: Iterable[Kabar], *, kalender: Kalender, now: datetime
) -> list[Pemberitahuan]:
    """Store what was not told yet, and promise its delivery for working time.

    The caller holds the draft locked. Two queries, two more where messages leave the house.
    """
    per_kunci = {k.kunci: k for k in kabar}
    ada = Pemberitahuan.objects.filter(kunci__in=per_kunci).values_list("kunci", flat=True)
    lama = set(ada)
    return _store(
        draf,
        [k for k in per_kunci.values() if k.kunci not in lama],
        kalender=kalender,
        now=now,
    )


def _store(
    draf: Draf, kabar: Sequence[Kabar], *, kalender: Kalender, now: datetime
) -> list[Pemberitahuan]:
    if not kabar:
        return []
    baru = Pemberitahuan.objects.bulk_create(
        Pemberitahuan(
            pengguna_id=k.pengguna_id,
            draf=draf,
            tugas_id=k.tugas_id,
            jenis=k.jenis,
            teks=k.teks[:500],
            kunci=k.kunci,
            dibuat_pada=now,
        )
        for k in kabar
    )
    _promise(baru, kalender, now)
    return baru


def _promise(baru: Sequence[Pemberitahuan], kalender: Kalender, now: datetime) -> None:
    """Rows of the outbox for the channels that the installation has and the person wants."""
    if not baru or not (settings.SUREL_AKTIF or settings.GERBANG_PESAN):
        return
    try:
        jadwal = kalender.mulai_kerja(now)
    except KalenderKosong:  # an office that never works is told in the application only
        return
    saluran = list_saluran({p.pengguna_id for p in baru})
    Pengiriman.objects.bulk_create(
        Pengiriman(pemberitahuan=p, saluran=s, jadwal=jadwal)
        for p in baru
        for s in list_lewat(saluran[p.pengguna_id])
    )


def list_lewat(saluran: Saluran) -> list[str]:
    """Channels by which that person is told, of those the installation has."""
    lewat = []
    if settings.SUREL_AKTIF and saluran.lewat_surel:
        lewat.append(Pengiriman.Saluran.SUREL.value)
    if settings.GERBANG_PESAN and saluran.lewat_pesan and saluran.ponsel:
        lewat.append(Pengiriman.Saluran.PESAN.value)
    return lewat


@dataclass(frozen=True)
class Peristiwa:
    """What an act did to a draft, as far as people want to hear of it.

    giliran: turns that began, each with its step. kembali: they came back for rework.
    """

    aktor: Pengguna
    now: datetime
    kalender: Kalender
    giliran: Sequence[tuple[Tugas, SimpulLangkah]]
    banyak_langkah: int
    kembali: bool
    is_tanda_tangan: bool
    is_tuntas: bool


def notify_peristiwa(draf: Draf, peristiwa: Peristiwa) -> None:
    """Tell the next actors that it is their turn; tell all who worked on it of signature and end.

    Whoever acted is not told of his own act. Two queries, three at signature and end.
    """
    kabar = _list_giliran(draf, peristiwa)
    if peristiwa.is_tanda_tangan or peristiwa.is_tuntas:
        kabar += _list_usai(draf, peristiwa)
    lain = [k for k in kabar if k.pengguna_id != peristiwa.aktor.pk]
    _store(draf, lain, kalender=peristiwa.kalender, now=peristiwa.now)


def _list_giliran(draf: Draf, peristiwa: Peristiwa) -> list[Kabar]:
    if not peristiwa.giliran:
        return []
    jabatan = sorted({t.jabatan_id for t, _langkah in peristiwa.giliran})
    pemegang = list_pemegang(jabatan_ids=jabatan, pada=peristiwa.now)
    kata = (
        _("%(judul)s dikembalikan kepada Anda: %(kerja)s (langkah %(nomor)s dari %(banyak)s)")
        if peristiwa.kembali
        else _("%(judul)s menunggu Anda: %(kerja)s (langkah %(nomor)s dari %(banyak)s)")
    )
    jenis = Jenis.KEMBALI if peristiwa.kembali else Jenis.GILIRAN
    kabar = {}
    for tugas, langkah in peristiwa.giliran:
        isi = {
            "judul": draf.judul,
            "kerja": TINDAKAN[langkah.tindakan].kerja.lower(),
            "nomor": langkah.nomor,
            "banyak": peristiwa.banyak_langkah,
        }
        teks = kata % isi + kata_batas(draf, tugas)
        for p in pemegang:
            if p.covers(tugas.jabatan_id, tugas.unit_id):
                kunci = f"giliran:{tugas.pk}:{p.pengguna_id}"
                kabar[kunci] = Kabar(p.pengguna_id, jenis, teks, kunci, tugas.pk)
    return list(kabar.values())


def kata_batas(draf: Draf, tugas: Tugas) -> str:
    """The deadline as the end of a sentence."""
    if tugas.tenggat is None:
        return "."
    return _(", batas %(saat)s.") % {
        "saat": saat(tugas.tenggat.astimezone(draf.instansi.zona_waktu))
    }


def _list_usai(draf: Draf, peristiwa: Peristiwa) -> list[Kabar]:
    pelaku = Tugas.objects.filter(draf=draf, oleh__isnull=False).values_list("oleh", flat=True)
    if peristiwa.is_tanda_tangan:
        jenis, kata = Jenis.TANDA_TANGAN, _("%(nama)s menandatangani %(judul)s.")
        kunci = f"ttd:{draf.pk}:{draf.jejak_urut}"
    else:
        jenis, kata, kunci = Jenis.SELESAI, _("%(judul)s telah selesai."), f"selesai:{draf.pk}"
    teks = kata % {"judul": draf.judul, "nama": peristiwa.aktor.nama}
    return [Kabar(pk, jenis, teks, f"{kunci}:{pk}") for pk in sorted(set(pelaku.order_by()))]


@transaction.atomic
def mark_dibaca(*, pengguna: Pengguna, now: datetime, pk: int | None = None) -> None:
    """Note that the person has read one notice, or all of them."""
    milik = Pemberitahuan.objects.filter(pengguna=pengguna, dibaca_pada=None)
    (milik if pk is None else milik.filter(pk=pk)).update(dibaca_pada=now)
