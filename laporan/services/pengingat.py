"""Reminding: before a deadline, at it, and then the superior. A reminder approves nothing."""

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from laporan.models import AturanPengingat, Draf, Pemberitahuan, Tugas
from laporan.rules.pengingat import Aturan, Jam, Tahap, list_tahap
from laporan.rules.tindakan import kata_kerja
from laporan.services.kunci import lock_draf
from laporan.services.pemberitahuan import Kabar, kata_batas, notify
from organisasi.models import Instansi, Pengguna, Penugasan
from organisasi.selectors import get_atasan, get_kalender, list_pemegang
from organisasi.services.kelola import open_kelola
from sakip.common.waktu import Kalender

# No reminder is due earlier than this before its deadline: 60 working days are the most.
_JANGKAUAN = timedelta(days=120)


@dataclass(frozen=True)
class _Kantor:
    """What reminding needs of one office, read once."""

    kalender: Kalender
    aturan: Aturan
    pemegang: Sequence[Penugasan]
    atasan: dict[int, list[int]]

    def list_pelaku(self, tugas: Tugas) -> set[int]:
        """People who may do the turn."""
        return {p.pengguna_id for p in self.pemegang if p.covers(tugas.jabatan_id, tugas.unit_id)}

    def list_di_atas(self, tugas: Tugas) -> set[int]:
        """People above the turn's post who may not do it themselves."""
        jabatan = self.atasan.get(tugas.jabatan_id, [])
        return {p.pengguna_id for p in self.pemegang if p.jabatan_id in jabatan}


def remind(*, now: datetime) -> int:
    """Write every reminder that is due and was not written; how many. Asked twice, told once.

    Finished turns, turns being signed and halted drafts are silent. Queries grow with offices and
    with drafts to be reminded of, never with turns.
    """
    terbuka = (
        Tugas.objects.filter(
            status=Tugas.Status.AKTIF, draf__status__in=Draf.AKTIF, tenggat__lte=now + _JANGKAUAN
        )
        .select_related("draf__instansi", "kunjungan__langkah", "jabatan", "unit")
        .order_by("draf__instansi", "draf", "pk")
    )
    jumlah = 0
    for instansi, daftar in itertools.groupby(terbuka, key=lambda t: t.draf.instansi):
        tugas = list(daftar)
        kabar = _list_kabar(tugas, _read_kantor(instansi, now), now)
        for draf_id, isi in itertools.groupby(kabar, key=lambda k: k[0]):
            jumlah += _remind_draf(draf_id, [k for _d, k in isi], now)
    return jumlah


def _read_kantor(instansi: Instansi, now: datetime) -> _Kantor:
    atasan = get_atasan(instansi.pk)
    baris = AturanPengingat.objects.filter(instansi=instansi).first() or AturanPengingat()
    return _Kantor(
        get_kalender(instansi, sekitar=now.date()),
        Aturan(baris.sisa_persen, baris.paling_awal_hari, baris.atasan_setelah_hari),
        list_pemegang(jabatan_ids=sorted(atasan), pada=now),
        atasan,
    )


def _list_kabar(tugas: Sequence[Tugas], kantor: _Kantor, now: datetime) -> list[tuple[int, Kabar]]:
    """Reminders due and not yet written, with their draft. One query."""
    kabar = [
        (t.draf_id, k) for t in tugas if t.tenggat for k in _list_untuk(t, t.tenggat, kantor, now)
    ]
    kunci = [k.kunci for _draf, k in kabar]
    ada = set(Pemberitahuan.objects.filter(kunci__in=kunci).values_list("kunci", flat=True))
    return [(d, k) for d, k in kabar if k.kunci not in ada]


def _list_untuk(tugas: Tugas, tenggat: datetime, kantor: _Kantor, now: datetime) -> Iterable[Kabar]:
    pelaku = kantor.list_pelaku(tugas)
    jam = Jam(tugas.aktif_pada or tugas.kunjungan.masuk, tenggat, now)
    tahap = list_tahap(jam, kalender=kantor.kalender, aturan=kantor.aturan, lowong=not pelaku)
    for t in tahap:
        orang = kantor.list_di_atas(tugas) - pelaku if t == Tahap.ATASAN else pelaku
        for pengguna_id in sorted(orang):
            yield _make_kabar(tugas, t, tenggat, pengguna_id)


def _make_kabar(tugas: Tugas, tahap: Tahap, tenggat: datetime, pengguna_id: int) -> Kabar:
    """The reminder; an extended deadline is another one, with reminders of its own."""
    draf = tugas.draf
    kata = {
        Tahap.SEGERA: _("Segera: %(judul)s menunggu Anda: %(kerja)s (langkah %(nomor)s)"),
        Tahap.TENGGAT: _("Tenggat tiba: %(judul)s menunggu Anda: %(kerja)s (langkah %(nomor)s)"),
        Tahap.ATASAN: _("Lewat tenggat: %(judul)s di meja %(jabatan)s (langkah %(nomor)s)"),
    }[tahap]
    langkah = tugas.kunjungan.langkah
    unit = f" ({tugas.unit})" if tugas.unit else ""
    isi = {
        "judul": draf.judul,
        "kerja": kata_kerja(langkah.tindakan, draf.menghasilkan),
        "nomor": langkah.nomor,
        "jabatan": f"{tugas.jabatan}{unit}",
    }
    return Kabar(
        pengguna_id,
        tahap.value,
        kata % isi + kata_batas(draf, tugas),
        f"{tahap.value}:{tugas.pk}:{tenggat.timestamp():.0f}:{pengguna_id}",
        tugas.pk,
    )


@transaction.atomic
def _remind_draf(draf_id: int, kabar: Sequence[Kabar], now: datetime) -> int:
    """Write the reminders of one draft under its lock: whoever was quicker needs none."""
    draf = lock_draf(pk=draf_id)
    masih = set(
        Tugas.objects.filter(
            draf=draf, status=Tugas.Status.AKTIF, draf__status__in=Draf.AKTIF
        ).values_list("pk", flat=True)
    )
    kalender = get_kalender(draf.instansi, sekitar=now.date())
    return len(notify(draf, [k for k in kabar if k.tugas_id in masih], kalender=kalender, now=now))


@transaction.atomic
def save_aturan(
    *, instansi_id: int, aturan: Aturan, aktor: Pengguna, now: datetime
) -> AturanPengingat:
    """Set when the office reminds.

    Raises:
        AksesDitolak: `aktor` does not configure the office (HTTP 403).
    """
    kelola = open_kelola(instansi_id=instansi_id, aktor=aktor, now=now)
    baris, _baru = AturanPengingat.objects.update_or_create(
        instansi=kelola.instansi, defaults=vars(aturan)
    )
    kelola.record("laporan.pengingat.atur", **vars(aturan))
    return baris
