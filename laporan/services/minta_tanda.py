"""Asking for a signature: the signer gives the passphrase, and a job is promised.

The passphrase is sealed in a row of its own for two minutes and taken out once.
"""

from datetime import datetime, timedelta
from functools import partial

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from laporan.models import Dokumen, Draf, Efek, SerahRahasia, Tugas
from laporan.perms import require_pelaksana
from laporan.selectors.dokumen import can_sign, get_dokumen_tanda
from laporan.services.dibaca import has_dibaca
from laporan.services.efek import publish_efek
from laporan.services.giliran import explain_terlambat, require_orang_lain
from laporan.services.kunci import lock_draf
from laporan.services.penetapan import require_pihak
from organisasi.models import Pengguna, Penugasan
from organisasi.selectors import list_penugasan_for
from organisasi.services.jejak import record_jejak
from sakip.common.errors import AksesDitolak, IsianTidakSah, TransisiDitolak
from sakip.common.rahasia import Rahasia, seal
from sakip.common.tte import Sebab
from sop.selectors import get_graf

# As many wrong passphrases in a row make the signer wait; a service may lock the certificate soon.
MAKS_FRASA_SALAH = 3
JEDA_FRASA = timedelta(minutes=15)


class FrasaDijeda(TransisiDitolak):
    """Three wrong passphrases in a row: nothing is taken until `sampai`."""

    def __init__(self, sampai: datetime, now: datetime) -> None:
        menit = -(-int((sampai - now).total_seconds()) // 60)
        super().__init__(
            _(
                "Frasa sandi salah tiga kali berturut-turut. Tunggu %(menit)s menit sebelum "
                "mencoba lagi, agar sertifikat Anda tidak terkunci. Bila lupa, hubungi "
                "verifikator instansi."
            )
            % {"menit": menit}
        )
        self.sampai = sampai


def find_jeda(orang: Pengguna, now: datetime) -> datetime | None:
    """Until when this person has to wait after wrong passphrases; None when he need not."""
    terakhir = list(
        Efek.objects.filter(
            jenis=Efek.Jenis.TANDA_TANGAN,
            sebagai__pengguna=orang,
            selesai_pada__isnull=False,
        )
        .order_by("-selesai_pada", "-pk")
        .values_list("sebab", "selesai_pada")[:MAKS_FRASA_SALAH]
    )
    salah = [pada for sebab, pada in terakhir if sebab == Sebab.FRASA_SALAH]
    if len(salah) < MAKS_FRASA_SALAH or salah[0] is None or salah[0] + JEDA_FRASA <= now:
        return None
    return salah[0] + JEDA_FRASA


def require_tanpa_jeda(orang: Pengguna, now: datetime) -> None:
    """Refuse while the person has to wait.

    Raises:
        FrasaDijeda: three wrong passphrases in a row, a short while ago.
    """
    sampai = find_jeda(orang, now)
    if sampai:
        raise FrasaDijeda(sampai, now)


@transaction.atomic
def request_tanda_tangan(
    *, tugas_id: int, sidik: str, frasa: Rahasia, aktor: Pengguna, now: datetime
) -> Efek:
    """Ask a worker to sign, as the holder of the turn. Returns the job; it runs after the commit.

    sidik: fingerprint of the document the signer saw and agreed to.

    Raises:
        TransisiDitolak: the turn is over or in work, the document is not the one seen, or its
            version was not read by this person (409).
        FrasaDijeda: three wrong passphrases just now (409).
        AksesDitolak: the turn is somebody else's, or the SOP wants another person here (403).
        IsianTidakSah: no passphrase, or the step is not one of signing (422).
    """
    draf = lock_draf(tugas__pk=tugas_id)
    tugas = Tugas.objects.select_related("kunjungan__langkah", "jabatan", "unit").get(pk=tugas_id)
    if tugas.status != Tugas.Status.AKTIF or not draf.is_aktif:
        raise TransisiDitolak(explain_terlambat(draf, tugas))
    sebagai = require_pelaksana(tugas, list_penugasan_for(aktor, pada=now))
    langkah = get_graf(draf.versi_id, draf.versi.sidik).menurut_id[tugas.kunjungan.langkah_id]
    require_orang_lain(draf, aktor, langkah.beda_orang_dari)
    if not can_sign(tugas):
        raise IsianTidakSah(_("Langkah ini tidak diselesaikan dengan tanda tangan."))
    if not frasa.reveal():
        raise IsianTidakSah(_("Masukkan frasa sandi sertifikat elektronik Anda."))
    dokumen = get_dokumen_tanda(tugas)
    require_penanda_surat(dokumen, sebagai)
    require_pihak(draf, sebagai)
    if dokumen is None or sidik != dokumen.sha256:
        raise TransisiDitolak(
            _("Dokumen sudah berubah sejak Anda baca, atau belum selesai dibuat. Baca kembali.")
        )
    if dokumen.surat_id is None and not has_dibaca(draf, aktor):
        raise TransisiDitolak(_("Nyatakan bahwa Anda sudah membaca versi ini, lalu tandatangani."))
    require_tanpa_jeda(aktor, now)
    tugas.begin_processing()
    tugas.save(update_fields=["status"])
    efek = _promise(draf, tugas, sebagai, frasa, now)
    transaction.on_commit(partial(publish_efek, [efek.pk]))
    return efek


def require_penanda_surat(dokumen: Dokumen | None, sebagai: Penugasan) -> None:
    """Refuse whoever is not the one whose name a letter prints; a report names nobody before.

    Raises:
        AksesDitolak: the letter is somebody else's to sign (403).
    """
    surat = dokumen.surat if dokumen else None
    if surat is not None and surat.penanda_nip != sebagai.pengguna.nip:
        raise AksesDitolak(
            _("Surat ini ditandatangani oleh %(nama)s, %(jabatan)s.")
            % {"nama": surat.penanda_nama, "jabatan": surat.penanda_jabatan}
        )


def _promise(draf: Draf, tugas: Tugas, sebagai: Penugasan, frasa: Rahasia, now: datetime) -> Efek:
    """The job, the sealed passphrase, and who asked for it."""
    urut = Efek.objects.filter(tugas=tugas, jenis=Efek.Jenis.TANDA_TANGAN).count() + 1
    efek = Efek.objects.create(
        draf=draf,
        kunjungan=tugas.kunjungan,
        tugas=tugas,
        jenis=Efek.Jenis.TANDA_TANGAN,
        kunci=f"tanda_tangan:{tugas.pk}:{urut}:{sebagai.pk}",
        sebagai=sebagai,
        dibuat_pada=now,
    )
    kedaluwarsa = now + timedelta(seconds=settings.TTE_MASA_SERAH_DETIK)
    SerahRahasia.objects.create(
        efek=efek,
        isi=seal(frasa, tujuan=name_tujuan(efek), kedaluwarsa=kedaluwarsa),
        kedaluwarsa=kedaluwarsa,
    )
    record_jejak(
        draf,
        aksi="laporan.tugas.minta_tanda_tangan",
        aktor=sebagai.pengguna,
        now=now,
        sebagai=sebagai,
        status=draf.status,
        percobaan=urut,
    )
    draf.save(update_fields=["jejak_urut", "jejak_sidik"])
    return efek


def name_tujuan(efek: Efek) -> str:
    """What the sealed passphrase of that job is for; it opens for nothing else."""
    return f"tanda_tangan:{efek.pk}"
