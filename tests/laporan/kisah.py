"""A report whose times were reckoned by hand: halts, free days, a return, a late step."""

from datetime import date, datetime, timedelta

from laporan.models import Draf
from laporan.rules.rentang import make_rentang
from laporan.services.draf import resume_draf, suspend_draf
from organisasi.models import HariLibur
from tests.laporan.rute import Kantor, aktif, nomor_kini

OKTOBER = make_rentang(date(2026, 10, 1), date(2026, 10, 31))
JAM = timedelta(hours=1)
HARI = timedelta(days=1)


def walk(kantor: Kantor, draf: Draf, now: datetime, *, sampai: int = 99) -> Draf:
    """Do every turn at that moment, on to step `sampai` or to the end."""
    while draf.is_aktif and nomor_kini(draf) != sampai:
        draf = kantor.work_all(draf, now)
    return draf


def tell_story(kantor: Kantor, now: datetime) -> Draf:
    """Monday 12 October 09.00: start. Every step has one working day; Friday 16 is free.

    1: closed Tuesday 09.00: 3 + 3 hours on Monday, 1.5 on Tuesday = 450 minutes, in time.
    2: halted Tuesday 10.00 to Thursday 10.00, closed Monday 19 at 09.00: 60 + 300 + 90 = 450, in
       time, since the deadline moved to Monday 16.00.
    3: closed Wednesday 21 at 09.30, due Tuesday 16.00: 360 + 450 + 120 = 930, 120 late.
    4 to 6 at that moment; step 7 answers Tidak, 6 is done again, 7 answers Ya, 8 ends it.
    """
    HariLibur.objects.create(instansi=kantor.instansi, tanggal=date(2026, 10, 16), nama="Libur")
    draf = kantor.start(now)
    kepala = kantor.orang[kantor.instansi.jabatan.get(kode="kepala").pk]
    draf = kantor.work_all(draf, now + HARI)
    suspend_draf(draf_id=draf.pk, aktor=kepala, alasan="Dinas luar.", now=now + HARI + JAM)
    draf = resume_draf(draf_id=draf.pk, aktor=kepala, alasan="Kembali.", now=now + 3 * HARI + JAM)
    draf = kantor.work_all(draf, now + 7 * HARI)
    draf = kantor.work_all(draf, now + 9 * HARI + JAM / 2)
    draf = walk(kantor, draf, now + 9 * HARI + JAM / 2, sampai=7)
    kini = now + 9 * HARI + JAM
    draf = kantor.work(aktif(draf)[0], kini, "tidak", catatan="Redaksi. Perbaiki bab II.")
    return walk(kantor, draf, now + 9 * HARI + 2 * JAM)
