"""Keeping a covering letter that its holder signs electronically, right away."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from laporan.models import SuratPengantar
from laporan.services.dokumen_surat import promise_surat
from laporan.services.surat import IsianSurat, save_surat
from organisasi.models import Pengguna
from sakip.common.errors import IsianTidakSah


@transaction.atomic
def save_surat_bertanda(
    *, tugas_id: int, isian: IsianSurat, aktor: Pengguna, now: datetime
) -> SuratPengantar:
    """Keep the letter with its number and promise the PDF that `aktor` is going to sign.

    Raises:
        TransisiDitolak, AksesDitolak, IsianTidakSah: as `save_surat`.
        IsianTidakSah: it names another signer, or lacks its number, which a signature locks (422).
    """
    surat = save_surat(tugas_id=tugas_id, isian=isian, aktor=aktor, now=now)
    if surat.penanda_nip != aktor.nip:
        raise IsianTidakSah(
            _(
                "Surat ini menyebut %(nama)s sebagai penanda tangan. Yang menandatangani secara "
                "elektronik harus pemegang giliran ini; pilih nama Anda, atau cetak suratnya."
            )
            % {"nama": surat.penanda_nama}
        )
    if not surat.nomor:
        raise IsianTidakSah(
            _("Isi nomor surat lebih dahulu. Setelah ditandatangani, nomornya tidak dapat diubah.")
        )
    promise_surat(surat, now=now)
    return surat
