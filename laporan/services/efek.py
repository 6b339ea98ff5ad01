"""Carrying out what an act promised: publish, claim, heartbeat, commit once, fail with a reason.

The row of the effect is the truth; Celery only carries its id. A worker holds a job by a token and
a lease,
and whoever lost the lease finds at the commit that his result is not wanted.
"""

import logging
import secrets
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from celery.exceptions import SoftTimeLimitExceeded
from django.db import DatabaseError, connection, transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from laporan.models import Draf, Efek
from laporan.services.kunci import lock_draf
from organisasi.models import Pengguna
from organisasi.selectors import list_penugasan_for
from organisasi.services.jejak import record_jejak
from sakip.common.errors import AksesDitolak, DomainError, TransisiDitolak
from sakip.common.perantara import hand_over
from sakip.common.tte import HasilBelumDiketahui, PastiGagal

logger = logging.getLogger(__name__)

NAMA_TUGAS = "laporan.jalankan_efek"
# The queue of what a person is waiting for; workers take from it first (CELERY_TASK_QUEUES).
SEGERA_DITUNGGU = "segera"
# A live worker renews its lease three times within it; a dead one is missed after at most this.
SEWA = timedelta(seconds=24)
# A message may wait in a long queue; only after this is it sent again. Together with the lease and
# the sweeper's round it keeps the promise that a job whose worker died is taken up within a minute.
_KIRIM_ULANG = timedelta(seconds=30)
_KIRIM_ULANG_MATI = timedelta(seconds=10)
_SEKALI_EDAR = 100

_SEBAB = {
    SoftTimeLimitExceeded: gettext_lazy(
        "Pengerjaan melewati batas waktu. Coba lagi; bila terulang, bagi dokumen menjadi lampiran."
    ),
    MemoryError: gettext_lazy("Dokumen terlalu besar untuk diolah. Bagi menjadi lampiran."),
    OSError: gettext_lazy(
        "Berkas tidak dapat ditulis atau dibaca di penyimpanan. Hubungi pengelola, lalu coba lagi."
    ),
}
_TERHENTI = gettext_lazy("Pekerjaan ini tiga kali terhenti sebelum selesai. Coba lagi nanti.")

Jam = Callable[[], datetime]


class SewaHilang(Exception):
    """Another worker has taken the job over; what this one made is thrown away."""


class MasihDikerjakan(Exception):
    """Another worker holds the job; ask again after `tunggu` seconds."""

    def __init__(self, tunggu: float) -> None:
        super().__init__(f"held for {tunggu:.0f} s")
        self.tunggu = tunggu


@dataclass
class Kerja:
    """One job in the hands of one worker."""

    efek: Efek
    token: str
    jam: Jam

    def report(self, persen: int) -> None:
        """Show progress, 0 to 99; never moves backwards."""
        if persen > self.efek.kemajuan:
            self.efek.kemajuan = min(persen, 99)
            self._milik().update(kemajuan=self.efek.kemajuan)

    def renew(self) -> bool:
        """Lengthen the lease; False once it belongs to somebody else."""
        return self._milik().update(sewa_sampai=self.jam() + SEWA) == 1

    def mark_terkirim(self) -> None:
        """Note, before anything leaves the house, that from now on it may happen elsewhere.

        Raises:
            SewaHilang: the job is somebody else's by now; nothing may be sent.
        """
        self.efek.terkirim_pada = self.jam()
        if not self._milik().update(terkirim_pada=self.efek.terkirim_pada):
            raise SewaHilang

    def release(self) -> None:
        """Give the job back at once, for another attempt."""
        self._milik().update(sewa_sampai=self.jam(), dikirim_pada=None)

    @contextmanager
    def commit(self) -> Iterator[Draf]:
        """The one transaction that makes the result true, with the draft locked; ends the job.

        Raises:
            SewaHilang: the job is somebody else's by now; nothing may be kept.
        """
        with transaction.atomic():
            draf = lock_draf(pk=self.efek.draf_id)
            efek = Efek.objects.select_for_update().get(pk=self.efek.pk)
            if efek.token != self.token or efek.status != Efek.Status.JALAN:
                raise SewaHilang
            yield draf
            efek.complete(now=self.jam())
            efek.save()

    def _milik(self) -> QuerySet[Efek]:
        return Efek.objects.filter(pk=self.efek.pk, token=self.token, status=Efek.Status.JALAN)


def keep(_efek: Efek, _draf: Draf, _now: datetime) -> None:
    """Nothing to undo."""


@dataclass(frozen=True)
class Pengolah:
    """How one kind of effect is carried out, and what a failure gives back.

    kerjakan works outside of a transaction and ends in `Kerja.commit`. batalkan runs in the
    transaction that
    marks the failure, with the draft locked.
    """

    kerjakan: Callable[[Kerja], None]
    batalkan: Callable[[Efek, Draf, datetime], None] = keep


def publish_efek(efek_ids: Iterable[int]) -> None:
    """Hand ids to the workers; to be called after the commit.

    A broker that is down hurts nobody: the rows wait for `sweep_efek`, and only the first person
    waits until that is known.
    """
    for pk in efek_ids:
        if not hand_over(NAMA_TUGAS, pk, antrean=SEGERA_DITUNGGU):
            return
        Efek.objects.filter(pk=pk).update(dikirim_pada=Now())


def sweep_efek(*, now: datetime) -> int:
    """Send again what lies open too long: never sent, sent and lost, or its worker died."""
    antre = Q(status=Efek.Status.ANTRE) & _is_lama(now - _KIRIM_ULANG)
    mati = Q(status=Efek.Status.JALAN, sewa_sampai__lte=now) & _is_lama(now - _KIRIM_ULANG_MATI)
    pk = list(
        Efek.objects.filter(antre | mati).order_by("pk").values_list("pk", flat=True)[:_SEKALI_EDAR]
    )
    publish_efek(pk)
    return len(pk)


def _is_lama(batas: datetime) -> Q:
    """Never sent, or sent before `batas`."""
    return Q(dikirim_pada=None) | Q(dikirim_pada__lt=batas)


@transaction.atomic
def retry_efek(*, efek_id: int, aktor: Pengguna, now: datetime) -> Efek:
    """Put a failed job back into the queue. A signature is asked for anew instead, by its signer.

    Raises:
        TransisiDitolak: it has not failed (409), or is a signature.
        AksesDitolak: the person holds no post in the office of the draft (403).
    """
    draf = lock_draf(efek__pk=efek_id)
    efek = Efek.objects.select_for_update().get(pk=efek_id)
    semua = list_penugasan_for(aktor, pada=now)
    sebagai = next((p for p in semua if p.jabatan.instansi_id == draf.instansi_id), None)
    if sebagai is None:
        raise AksesDitolak(_("Pekerjaan ini diulang oleh pegawai instansi yang bersangkutan."))
    if efek.status != Efek.Status.GAGAL or efek.jenis == Efek.Jenis.TANDA_TANGAN:
        raise TransisiDitolak(_("Pekerjaan ini tidak sedang menunggu diulang. Muat ulang halaman."))
    efek.retry()
    efek.save()
    record_jejak(
        draf,
        aksi="laporan.efek.ulangi",
        aktor=aktor,
        now=now,
        sebagai=sebagai,
        status=draf.status,
        jenis=efek.jenis,
    )
    draf.save(update_fields=["jejak_urut", "jejak_sidik"])
    transaction.on_commit(partial(publish_efek, [efek.pk]))
    return efek


def run_efek(efek_id: int, *, pengolah: Mapping[str, Pengolah], jam: Jam) -> None:
    """Carry out one effect, once, however often it is asked for.

    Raises:
        MasihDikerjakan: another worker is at it.
    """
    kerja = _claim(efek_id, pengolah=pengolah, jam=jam)
    if kerja is None:
        return
    cara, tuntas = pengolah[kerja.efek.jenis], False
    try:
        with _heartbeat(kerja):
            cara.kerjakan(kerja)
        tuntas = True
    except SewaHilang:
        logger.warning("efek_sewa_hilang efek=%s", efek_id)
        tuntas = True
    except HasilBelumDiketahui as galat:
        _doubt(kerja, galat)
        tuntas = True
    except (DomainError, SoftTimeLimitExceeded, MemoryError, OSError) as galat:
        _give_up(kerja, cara, galat)
        tuntas = True
    finally:
        if not tuntas:  # our own fault: Celery logs it, another attempt follows
            kerja.release()


def run_di_tempat(efek: Efek, kerjakan: Callable[[Kerja], None], *, jam: Jam) -> None:
    """Carry out one effect inside the caller's transaction, which no other worker looks into.

    For what loads many acts at once; whatever goes wrong is raised, and undoes all of them.
    """
    efek.claim(token=secrets.token_hex(16), sewa_sampai=jam() + SEWA)
    efek.save()
    kerjakan(Kerja(efek, efek.token, jam))


def explain_gagal(galat: BaseException) -> str:
    """Why a job failed, for the people who wait for it."""
    if isinstance(galat, DomainError):
        return galat.pesan
    return next(str(kata) for jenis, kata in _SEBAB.items() if isinstance(galat, jenis))


def _claim(efek_id: int, *, pengolah: Mapping[str, Pengolah], jam: Jam) -> Kerja | None:
    """Take the job; None when it is over, given up, or gone."""
    now = jam()
    with transaction.atomic():
        efek = Efek.objects.select_for_update().filter(pk=efek_id).first()
        if efek is None or efek.status not in Efek.TERBUKA:
            return None
        if efek.sewa_sampai and efek.sewa_sampai > now:
            raise MasihDikerjakan((efek.sewa_sampai - now).total_seconds() + 1)
        if efek.percobaan < Efek.MAKS_PERCOBAAN:
            efek.claim(token=secrets.token_hex(16), sewa_sampai=now + SEWA)
            efek.save()
            return Kerja(efek, efek.token, jam)
    _give_up(Kerja(efek, efek.token, jam), pengolah[efek.jenis], DomainError(_TERHENTI))
    return None


def _give_up(kerja: Kerja, cara: Pengolah, galat: BaseException) -> None:
    """End a job that did not succeed. What was sent elsewhere may have: that is not a failure."""
    if kerja.efek.terkirim_pada and not isinstance(galat, PastiGagal):
        _doubt(kerja, HasilBelumDiketahui())
    else:
        _fail(kerja, cara, galat)


def _fail(kerja: Kerja, cara: Pengolah, galat: BaseException) -> None:
    """Mark the failure and give back what it held, unless the job is somebody else's by now."""
    now = kerja.jam()
    with transaction.atomic():
        draf = lock_draf(pk=kerja.efek.draf_id)
        efek = Efek.objects.select_for_update().get(pk=kerja.efek.pk)
        if efek.token != kerja.token or efek.status != Efek.Status.JALAN:
            return
        efek.fail(galat=explain_gagal(galat), now=now, sebab=getattr(galat, "sebab", ""))
        efek.save()
        cara.batalkan(efek, draf, now)
    logger.warning("efek_gagal efek=%s jenis=%s", efek.pk, efek.jenis)


def _doubt(kerja: Kerja, galat: HasilBelumDiketahui) -> None:
    """Mark that nobody knows the outcome; whoever waits keeps waiting, and sees why."""
    with transaction.atomic():
        draf = lock_draf(pk=kerja.efek.draf_id)
        efek = Efek.objects.select_for_update().get(pk=kerja.efek.pk)
        if efek.token != kerja.token or efek.status != Efek.Status.JALAN:
            return
        efek.doubt(galat=galat.pesan, rujukan=galat.rujukan)
        efek.save()
        record_jejak(
            draf,
            aksi="laporan.efek.ragu",
            aktor=None,
            now=kerja.jam(),
            status=draf.status,
            jenis=efek.jenis,
        )
        draf.save(update_fields=["jejak_urut", "jejak_sidik"])
    logger.warning("efek_ragu efek=%s jenis=%s", efek.pk, efek.jenis)


@contextmanager
def _heartbeat(kerja: Kerja) -> Iterator[None]:
    """Renew the lease from a thread of its own while the work goes on."""
    usai = threading.Event()
    utas = threading.Thread(target=_beat, args=(kerja, usai), daemon=True, name="sewa-efek")
    utas.start()
    try:
        yield
    finally:
        usai.set()
        utas.join()


def _beat(kerja: Kerja, usai: threading.Event) -> None:
    try:
        while not usai.wait(SEWA.total_seconds() / 3):
            if not _renew_quietly(kerja):
                return
    finally:
        connection.close()


def _renew_quietly(kerja: Kerja) -> bool:
    """One beat; a database that is away for a moment is no reason to give the job up."""
    try:
        return kerja.renew()
    except DatabaseError:
        logger.warning("efek_sewa_tidak_terbarui efek=%s", kerja.efek.pk)
        return True
