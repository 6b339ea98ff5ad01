"""Lock a form, and refuse whoever may not touch it. Every act on figures begins here."""

from datetime import datetime

from django.utils.translation import gettext as _

from kinerja import perms
from kinerja.models import FormulirCapaian
from organisasi.models import Pengguna, Penugasan
from sakip.common.errors import AksesDitolak, TransisiDitolak
from sakip.common.waktu import jam_menit, tanggal_pendek


def lock_formulir(formulir_id: int) -> FormulirCapaian:
    """The form, locked until the transaction ends. It is the one lock of its rows and evidence."""
    terkunci = FormulirCapaian.objects.select_for_update(of=("self",), no_key=True)
    return terkunci.select_related("unit__instansi", "diajukan_oleh").get(pk=formulir_id)


def require_pengisi(
    formulir: FormulirCapaian, *, aktor: Pengguna, sebagai: Penugasan, now: datetime
) -> None:
    """Raises:
    AksesDitolak: the mandate is not the person's, not in force, or not with that unit (403).
    """
    if not (_is_berlaku(sebagai, aktor, now) and perms.can_fill(formulir, [sebagai])):
        pesan = _("Capaian ini diisi oleh %(unit)s. Anda dapat membaca, tetapi tidak mengubahnya.")
        raise AksesDitolak(pesan % {"unit": formulir.unit})


def require_pemeriksa(
    formulir: FormulirCapaian, *, aktor: Pengguna, sebagai: Penugasan, now: datetime
) -> None:
    """Which post examines is the SOP's affair; here it must be one of the same office.

    Raises:
        AksesDitolak: a foreign or lapsed mandate, or the person handed the figures in (403).
    """
    if not (_is_berlaku(sebagai, aktor, now) and perms.can_view(formulir, [sebagai])):
        raise AksesDitolak(_("Capaian ini diperiksa oleh pejabat instansinya sendiri."))
    if not perms.can_judge(formulir, aktor):
        raise AksesDitolak(_("Anda yang mengajukan capaian ini; pemeriksanya harus orang lain."))


def require_draf(formulir: FormulirCapaian) -> None:
    """Raises:
    TransisiDitolak: the form can no longer be filled in (409).
    """
    if not formulir.is_draf:
        raise TransisiDitolak(explain_terkirim(formulir))


def explain_terkirim(formulir: FormulirCapaian) -> str:
    """Why the form cannot be changed any more: what became of it, by whom and when."""
    pada = formulir.diajukan_pada
    if pada is None:
        return _("Capaian ini belum dikirim. Muat ulang halaman ini.")
    lokal = pada.astimezone(formulir.unit.instansi.zona_waktu)
    return _("Capaian ini sudah dikirim oleh %(siapa)s, %(hari)s pukul %(jam)s.") % {
        "siapa": formulir.diajukan_sebagai,
        "hari": tanggal_pendek(lokal.date()),
        "jam": jam_menit(lokal),
    }


def _is_berlaku(sebagai: Penugasan, aktor: Pengguna, now: datetime) -> bool:
    mulai, selesai = sebagai.mulai, sebagai.selesai
    return sebagai.pengguna_id == aktor.pk and mulai <= now and (selesai is None or now < selesai)
