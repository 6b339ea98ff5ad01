"""Writing notices, in the transaction of the act that causes them. A notice decides nothing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from laporan.models import Draf, Pemberitahuan, Pengiriman, Tugas
from laporan.rules.tindakan import kata_kerja
from organisasi.models import Pengguna, Penugasan, Saluran
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
    digeser: turns whose deadline moved.
    """

    aktor: Pengguna
    now: datetime
    kalender: Kalender
    giliran: Sequence[tuple[Tugas, SimpulLangkah]]
    banyak_langkah: int
    kembali: bool
    is_tuntas: bool
    aksi: str = ""
    digeser: Sequence[int] = ()

    @property
    def is_tanda_tangan(self) -> bool:
        """Whether somebody signed."""
        return self.aksi == "laporan.tugas.tandatangani"


_PERUBAHAN = {
    "laporan.draf.tangguhkan": Jenis.DITANGGUHKAN,
    "laporan.draf.lanjutkan": Jenis.DILANJUTKAN,
    "laporan.draf.batalkan": Jenis.DIBATALKAN,
}


def notify_peristiwa(draf: Draf, peristiwa: Peristiwa) -> None:
    """Tell the next actors that it is their turn; tell all who worked on it of signature and end.

    A halt, its end and a cancellation reach everybody concerned; an extension those who got it.
    Whoever acted is not told of his own act. Two queries, three at signature and end.
    """
    kabar = _list_giliran(draf, peristiwa)
    if peristiwa.is_tanda_tangan or peristiwa.is_tuntas:
        kabar += _list_usai(draf, peristiwa)
    if peristiwa.aksi in _PERUBAHAN:
        kabar += _list_perubahan(draf, peristiwa)
    if peristiwa.aksi == "laporan.tugas.perpanjang":
        kabar += _list_diperpanjang(draf, peristiwa)
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
            "kerja": kata_kerja(langkah.tindakan, draf.menghasilkan),
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


def _list_perubahan(draf: Draf, peristiwa: Peristiwa) -> list[Kabar]:
    """To whoever has or had the draft on the desk: it stands still, goes on, or is given up."""
    jenis = _PERUBAHAN[peristiwa.aksi]
    kata = {
        Jenis.DITANGGUHKAN: _("%(judul)s ditangguhkan. Waktunya berhenti sampai dilanjutkan."),
        Jenis.DILANJUTKAN: _("%(judul)s dilanjutkan. Sisa waktunya kembali utuh."),
        Jenis.DIBATALKAN: _("%(judul)s dibatalkan. Tidak ada lagi yang perlu dikerjakan."),
    }[jenis]
    tugas = list(Tugas.objects.filter(draf=draf).exclude(aktif_pada=None))
    orang = {t.oleh_id for t in tugas if t.oleh_id}
    di_meja = [t for t in tugas if t.pada is None]
    orang |= {p.pengguna_id for t, p in _list_pemegang(di_meja, peristiwa.now)}
    kunci = f"{jenis}:{draf.pk}:{draf.jejak_urut}"
    teks = kata % {"judul": draf.judul}
    return [Kabar(pk, jenis, teks, f"{kunci}:{pk}") for pk in sorted(orang)]


def _list_diperpanjang(draf: Draf, peristiwa: Peristiwa) -> list[Kabar]:
    """To the holders of the posts whose deadline a superior moved."""
    tugas = Tugas.objects.filter(pk__in=peristiwa.digeser).order_by("pk")
    kabar = {}
    for t, p in _list_pemegang(list(tugas), peristiwa.now):
        teks = _("Tenggat %(judul)s diperpanjang") % {"judul": draf.judul} + kata_batas(draf, t)
        kunci = f"{Jenis.DIPERPANJANG}:{t.pk}:{draf.jejak_urut}:{p.pengguna_id}"
        kabar[kunci] = Kabar(p.pengguna_id, Jenis.DIPERPANJANG, teks, kunci, t.pk)
    return list(kabar.values())


def _list_pemegang(tugas: Sequence[Tugas], now: datetime) -> list[tuple[Tugas, Penugasan]]:
    """Each of these turns with everybody whose mandate covers it now. One query."""
    semua = list_pemegang(jabatan_ids=sorted({t.jabatan_id for t in tugas}), pada=now)
    return [(t, p) for t in tugas for p in semua if p.covers(t.jabatan_id, t.unit_id)]


@transaction.atomic
def mark_dibaca(*, pengguna: Pengguna, now: datetime, pk: int | None = None) -> None:
    """Note that the person has read one notice, or all of them."""
    milik = Pemberitahuan.objects.filter(pengguna=pengguna, dibaca_pada=None)
    (milik if pk is None else milik.filter(pk=pk)).update(dibaca_pada=now)
