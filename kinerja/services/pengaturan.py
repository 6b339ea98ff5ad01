"""Changing how one office judges its percentages."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from kinerja import perms
from kinerja.models import PengaturanKinerja, SkalaKategori
from kinerja.rules.kategori import PENGATURAN_BAKU
from organisasi.models import Instansi, Pengguna
from organisasi.selectors import list_penugasan_for
from organisasi.services.jejak import record_jejak
from sakip.common.errors import AksesDitolak, IsianTidakSah


@dataclass(frozen=True)
class Jenjang:
    """One band of the scale: from `batas` percent on."""

    label: str
    batas: Decimal
    warna: str


@dataclass(frozen=True)
class PengaturanBaru:
    """What an office wants: its bands in any order, none for the regulation's, and its limits."""

    skala: Sequence[Jenjang]
    batas_penjelasan: Decimal
    batas_periksa: Decimal
    wajib_rtl: bool = PENGATURAN_BAKU.wajib_rtl


@transaction.atomic
def save_pengaturan(
    *, instansi_id: int, baru: PengaturanBaru, aktor: Pengguna, now: datetime
) -> None:
    """Put the scale and the limits in the place of the present ones.

    Forms already opened, and reports already frozen, keep the categories they had.

    Raises:
        AksesDitolak: `aktor` does not plan for that office (HTTP 403).
        IsianTidakSah: one band alone, two bands from the same percentage, or limits that
        contradict each other (HTTP 422).
    """
    if not perms.can_plan(instansi_id, list_penugasan_for(aktor, pada=now)):
        raise AksesDitolak(_("Jabatan Anda tidak berwenang mengatur kategori capaian."))
    instansi = Instansi.objects.select_for_update().get(pk=instansi_id)
    _require_masuk_akal(baru)
    SkalaKategori.objects.filter(instansi=instansi).delete()
    SkalaKategori.objects.bulk_create(
        SkalaKategori(instansi=instansi, label=j.label, batas=j.batas, warna=j.warna)
        for j in baru.skala
    )
    PengaturanKinerja.objects.update_or_create(
        instansi=instansi,
        defaults={
            "batas_penjelasan": baru.batas_penjelasan,
            "batas_periksa": baru.batas_periksa,
            "is_wajib_rtl": baru.wajib_rtl,
        },
    )
    record_jejak(
        instansi,
        aksi="kinerja.pengaturan.save",
        aktor=aktor,
        now=now,
        skala=[[j.label, str(j.batas), j.warna] for j in baru.skala],
        batas_penjelasan=str(baru.batas_penjelasan),
        batas_periksa=str(baru.batas_periksa),
        wajib_rtl=baru.wajib_rtl,
    )
    instansi.save(update_fields=["jejak_urut", "jejak_sidik"])


def _require_masuk_akal(baru: PengaturanBaru) -> None:
    batas = [j.batas for j in baru.skala]
    if len(batas) == 1:
        raise IsianTidakSah(_("Satu kategori tidak membedakan apa pun. Isi paling sedikit dua."))
    if len(set(batas)) < len(batas):
        raise IsianTidakSah(_("Dua kategori mulai dari persentase yang sama. Ubah salah satu."))
    if not 0 <= baru.batas_penjelasan <= 100 <= baru.batas_periksa:
        raise IsianTidakSah(
            _("Wajib penjelasan paling tinggi 100%, periksa kembali paling rendah 100%.")
        )
