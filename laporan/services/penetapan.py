"""What the end of a walk does to the agreement it made: frozen as signed, or given up."""

from django.utils.translation import gettext as _

from kinerja.rules.perjanjian import IsiPerjanjian, Pihak
from kinerja.services.perjanjian import drop_perjanjian, seal_perjanjian
from laporan.models import Draf, TandaTangan, VersiNaskah
from laporan.selectors.dokumen import get_dokumen_terakhir
from laporan.selectors.naskah import get_versi_terakhir
from laporan.services.mesin import Gerak
from organisasi.models import Penugasan
from sakip.common.errors import TransisiDitolak


def settle_perjanjian(gerak: Gerak) -> None:
    """Freeze the agreement of a draft that has just been finished, word for word as signed.

    Rows are read from the signed version, never from the plan, which may have moved on.
    """
    draf = gerak.draf
    if draf.perjanjian_id is None or draf.status != Draf.Status.SELESAI:
        return
    versi, tanda = _find_naskah(draf)
    tabel = versi.tabel[0]
    seal_perjanjian(
        perjanjian_id=draf.perjanjian_id,
        isi=IsiPerjanjian.from_json(tabel),
        pihak=(Pihak(**tabel["pertama"]), Pihak(**tabel["kedua"])),
        pada=tanda.ditandatangani_pada if tanda else gerak.now,
    )
    gerak.rincian["perjanjian"] = {"id": draf.perjanjian_id, "versi": versi.nomor}


def require_pihak(draf: Draf, sebagai: Penugasan) -> None:
    """Refuse a signer whose post is a party that the frozen agreement gives another name.

    Raises:
        TransisiDitolak: the post changed hands, or is held by a Plt./Plh. now (409).
    """
    perjanjian = draf.perjanjian
    versi = get_versi_terakhir(draf) if perjanjian is not None else None
    if perjanjian is None or versi is None:
        return
    pihak = {
        perjanjian.kedua_jabatan_id: versi.tabel[0]["kedua"],
        perjanjian.pertama_jabatan_id: versi.tabel[0]["pertama"],
    }.get(sebagai.jabatan_id)
    if pihak is not None and pihak["nip"] != sebagai.pengguna.nip:
        raise TransisiDitolak(
            _(
                "Perjanjian ini menyebut %(tertulis)s, sedangkan yang menandatangani %(nama)s. "
                "Kembalikan atau batalkan, agar naskahnya dibuat dengan pejabat yang sekarang."
            )
            % {"tertulis": pihak["nama"], "nama": sebagai.pengguna.nama}
        )


def abandon_perjanjian(draf: Draf) -> None:
    """The draft is given up, and so is what it would have agreed."""
    if draf.perjanjian_id is not None:
        drop_perjanjian(perjanjian_id=draf.perjanjian_id)


def _find_naskah(draf: Draf) -> tuple[VersiNaskah, TandaTangan | None]:
    """The version that was signed and its last signature; without one, what was handed over."""
    dokumen = get_dokumen_terakhir(draf)
    if dokumen is not None and dokumen.versi_naskah is not None:
        return dokumen.versi_naskah, dokumen.tanda_tangan.order_by("-urut").first()
    return draf.versi_naskah.latest("nomor"), None
