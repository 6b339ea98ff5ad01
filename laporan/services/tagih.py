"""Reminding units of figures they owe, at the word of whoever waits for them."""

import itertools
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from kinerja import perms
from kinerja.models import FormulirCapaian
from kinerja.rules.periode import Periode
from laporan.models import Draf, Pemberitahuan, Tugas
from laporan.services.kunci import lock_draf
from laporan.services.pemberitahuan import Kabar, kata_batas, notify
from organisasi.models import Pengguna, Penugasan
from organisasi.selectors import get_kalender, list_pemegang, list_penugasan_for
from organisasi.services.jejak import record_jejak
from sakip.common.errors import AksesDitolak

Jenis = Pemberitahuan.Jenis


def remind_unit(*, instansi_id: int, periode: Periode, aktor: Pengguna, now: datetime) -> list[str]:
    """Tell the people of every unit whose form of that period lies open; names of the units told.

    Each person once a day for each form, whoever asks; nobody is told of his own request.

    Raises:
        AksesDitolak: the person waits for no figures of that office (403).
    """
    mandat = list_penugasan_for(aktor, pada=now)
    sebagai = perms.find_pengingat(instansi_id, mandat)
    if sebagai is None:
        raise AksesDitolak(_("Unit diingatkan oleh kepala, sekretaris, atau perencana."))
    terbuka = _list_terbuka(instansi_id, periode).values_list("draf", "pk").order_by("draf", "pk")
    unit: list[str] = []
    for draf_id, baris in itertools.groupby(terbuka, key=lambda t: t[0]):
        unit += _remind_draf(draf_id, [pk for _d, pk in baris], sebagai, now)
    return unit


def _list_terbuka(instansi_id: int, periode: Periode) -> QuerySet[Tugas]:
    return Tugas.objects.filter(
        draf__instansi=instansi_id,
        draf__status__in=Draf.AKTIF,
        status=Tugas.Status.AKTIF,
        formulir__status=FormulirCapaian.Status.DRAF,
        formulir__tahun=periode.tahun,
        formulir__triwulan=periode.triwulan,
    )


@transaction.atomic
def _remind_draf(
    draf_id: int, tugas_ids: Sequence[int], sebagai: Penugasan, now: datetime
) -> list[str]:
    """One report under its lock: whoever has sent meanwhile needs no reminder."""
    draf = lock_draf(pk=draf_id)
    tugas = list(
        Tugas.objects.filter(pk__in=tugas_ids, status=Tugas.Status.AKTIF).select_related(
            "kunjungan__langkah", "unit"
        )
    )
    pemegang = list_pemegang(jabatan_ids=sorted({t.jabatan_id for t in tugas}), pada=now)
    kabar = [
        _make_kabar(draf, t, p.pengguna_id, sebagai, now)
        for t in tugas
        for p in pemegang
        if p.covers(t.jabatan_id, t.unit_id) and p.pengguna_id != sebagai.pengguna_id
    ]
    kalender = get_kalender(draf.instansi, sekitar=now.date())
    baru = {k.tugas_id for k in notify(draf, kabar, kalender=kalender, now=now)}
    unit = [str(t.unit) for t in tugas if t.pk in baru]
    if unit:
        record_jejak(
            draf,
            aksi="laporan.capaian.ingatkan",
            aktor=sebagai.pengguna,
            now=now,
            sebagai=sebagai,
            status=draf.status,
            unit=unit,
        )
        draf.save(update_fields=["jejak_urut", "jejak_sidik"])
    return unit


def _make_kabar(
    draf: Draf, tugas: Tugas, pengguna_id: int, sebagai: Penugasan, now: datetime
) -> Kabar:
    kata = _("%(siapa)s mengingatkan: capaian %(unit)s untuk %(judul)s belum dikirim")
    isi = {"siapa": sebagai.sebutan, "unit": str(tugas.unit), "judul": draf.judul}
    hari = now.astimezone(draf.instansi.zona_waktu).date()
    lewat = tugas.tenggat is not None and tugas.tenggat <= now
    return Kabar(
        pengguna_id,
        Jenis.TENGGAT if lewat else Jenis.SEGERA,
        kata % isi + kata_batas(draf, tugas),
        f"tagih:{tugas.pk}:{hari}:{pengguna_id}",
        tugas.pk,
    )
