"""Opening collected figures again while their report is under way: a new attempt, with a reason.

The report goes back to the step that collected them, for the units named, and walks on from there.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kinerja.services.tanda import Pemeriksa
from laporan.models import Draf, Kunjungan, Tugas
from laporan.selectors.pembukaan import Pembukaan, get_pembukaan, is_bertanda
from laporan.services.kunci import lock_draf
from laporan.services.lengkap import seal_catatan
from laporan.services.mesin import Gerak, open_kunjungan
from laporan.services.pemeriksaan import send_back_formulir
from organisasi.models import Pengguna, Penugasan
from organisasi.selectors import list_penugasan_for
from sakip.common.errors import AksesDitolak, IsianTidakSah, TransisiDitolak


@dataclass(frozen=True)
class Permintaan:
    """Whose figures are to be done again, by unit id, and why."""

    unit: tuple[int, ...]
    alasan: str


@transaction.atomic
def reopen_capaian(*, draf_id: int, permintaan: Permintaan, aktor: Pengguna, now: datetime) -> Draf:
    """Take the report back to the step that collected the figures of these units.

    The turn that was open closes as sent back; each form begins a new round, the one before stays
    readable as it was.

    Raises:
        TransisiDitolak: it is signed or being signed, over, halted, or still collecting (409).
        AksesDitolak: the person judges no figures of one of the units in this SOP (403).
        IsianTidakSah: no reason, no unit, or one without figures in this report (422).
    """
    draf = lock_draf(pk=draf_id)
    gerak = Gerak(draf, aktor, now)
    pembukaan = get_pembukaan(draf, gerak.graf)
    if pembukaan is None:
        raise TransisiDitolak(explain_tertutup(draf))
    sebagai = require_pembuka(pembukaan, permintaan, list_penugasan_for(aktor, pada=now))
    formulir = [f for f in pembukaan.formulir if f.unit_id in permintaan.unit]
    alasan = permintaan.alasan.strip()
    if not alasan:
        raise IsianTidakSah(
            _("Tuliskan apa yang harus diperbaiki. Membuka kembali wajib beralasan.")
        )
    send_back_formulir(formulir, alasan, Pemeriksa(aktor, sebagai, now))
    tugas = _close_kunjungan(gerak, sebagai, alasan)
    gerak.rincian |= {
        "hasil": "tidak",
        "alasan": alasan,
        "unit_dipilih": sorted(f.unit_id for f in formulir),
    }
    lingkup = sorted(permintaan.unit)
    open_kunjungan(gerak, pembukaan.langkah, lingkup=lingkup, pengirim=tugas)
    gerak.finish(aksi="laporan.capaian.buka", sebagai=sebagai)
    return draf


def require_pembuka(
    pembukaan: Pembukaan, permintaan: Permintaan, penugasan: Sequence[Penugasan]
) -> Penugasan:
    """The mandate under which these units are opened.

    Raises:
        AksesDitolak: one of them is not the person's to open (403).
        IsianTidakSah: none is named, or one has no figures in this report (422).
    """
    if not pembukaan.list_milik(penugasan):
        raise AksesDitolak(
            _("Capaian dibuka kembali oleh pejabat yang memeriksanya menurut SOP: %(siapa)s.")
            % {"siapa": ", ".join(dict.fromkeys(p.jabatan_nama for p in pembukaan.pembuka))}
        )
    ada = {f.unit_id for f in pembukaan.formulir}
    if not permintaan.unit or not ada.issuperset(permintaan.unit):
        raise IsianTidakSah(_("Pilih unit yang capaiannya dibuka kembali."))
    mandat = [pembukaan.find_mandat(u, penugasan) for u in permintaan.unit]
    if mandat[0] is None or None in mandat:
        raise AksesDitolak(_("Anda memeriksa capaian unit Anda sendiri, bukan unit lain."))
    return mandat[0]


def explain_tertutup(draf: Draf) -> str:
    """Why no figures of the report can be opened again, and what can be done instead."""
    if is_bertanda(draf):
        return _(
            "Laporan ini sudah ditandatangani, sehingga angkanya tetap. Tulis pembetulannya pada "
            "laporan periode berikutnya, dengan penjelasan."
        )
    if not draf.is_aktif:
        return _("Laporan ini %(status)s, sehingga capaiannya tidak dapat dibuka kembali.") % {
            "status": draf.get_status_display().lower()
        }
    return _("Capaian laporan ini belum lewat langkah pengumpulan. Kerjakan dari Meja Kerja.")


def _close_kunjungan(gerak: Gerak, sebagai: Penugasan, alasan: str) -> Tugas:
    """End the open visit as one that came back; its first open turn says by whom and why."""
    kunjungan = Kunjungan.objects.get(draf=gerak.draf, keluar=None)
    tugas = list(Tugas.objects.filter(kunjungan=kunjungan, status__in=Tugas.TERBUKA))
    if any(t.status == Tugas.Status.DIPROSES for t in tugas):
        raise TransisiDitolak(_("Dokumen sedang ditandatangani. Tunggu hasilnya, lalu coba lagi."))
    tugas.sort(key=lambda t: (t.status != Tugas.Status.AKTIF, t.urutan, t.pk))
    pertama, *lain = tugas
    pertama.send_back(sebagai=sebagai, catatan=alasan, now=gerak.now)
    pertama.save()
    for t in lain:
        t.drop()
        t.save(update_fields=["status"])
    langkah = gerak.graf.menurut_id[kunjungan.langkah_id]
    seal_catatan(kunjungan, langkah, gerak.now)
    kunjungan.hasil, kunjungan.keluar = "tidak", gerak.now
    kunjungan.save(update_fields=["hasil", "keluar"])
    gerak.draf.send_back(langkah.nomor)
    gerak.rincian |= {"langkah": langkah.nomor, "iterasi": kunjungan.iterasi}
    return pertama
