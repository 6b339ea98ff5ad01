"""Lock a form, and refuse whoever may not touch it. Every act on figures begins here."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Exists, OuterRef
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


def lock_diajukan(
    formulir_ids: Sequence[int],
    *,
    aktor: Pengguna,
    sebagai: Penugasan,
    now: datetime,
    orang_lain: bool = True,
) -> list[FormulirCapaian]:
    """Forms that wait for an examiner, locked in order until the transaction ends. Two queries.

    orang_lain: the actor must not have handed them in; sending one's own back harms nobody.

    Raises:
        AksesDitolak: as `require_pemeriksa` (403).
        TransisiDitolak: one of them is not diajukan, or a newer round of it exists (409).
    """
    terkunci = FormulirCapaian.objects.select_for_update(of=("self",), no_key=True)
    formulir = list(
        terkunci.filter(pk__in=formulir_ids)
        .select_related("unit__instansi", "diajukan_oleh")
        .order_by("pk")
    )
    for f in formulir:
        require_pemeriksa(f, aktor=aktor, sebagai=sebagai, now=now, orang_lain=orang_lain)
    tunggu = {f.pk for f in list_menunggu([f.pk for f in formulir])}
    if not all(f.pk in tunggu for f in formulir):
        raise TransisiDitolak(
            _("Capaian ini tidak sedang menunggu pemeriksaan. Muat ulang halaman ini.")
        )
    return formulir


def list_menunggu(formulir_ids: Sequence[int]) -> list[FormulirCapaian]:
    """Those of the forms that wait for an examiner: diajukan, and no newer round. One query."""
    lebih_baru = FormulirCapaian.objects.filter(
        unit=OuterRef("unit"),
        tahun=OuterRef("tahun"),
        triwulan=OuterRef("triwulan"),
        putaran__gt=OuterRef("putaran"),
    )
    diajukan = FormulirCapaian.objects.filter(
        ~Exists(lebih_baru), pk__in=formulir_ids, status=FormulirCapaian.Status.DIAJUKAN
    )
    return list(diajukan.select_related("unit").order_by("unit__urutan", "unit__kode", "pk"))


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
    formulir: FormulirCapaian,
    *,
    aktor: Pengguna,
    sebagai: Penugasan,
    now: datetime,
    orang_lain: bool = True,
) -> None:
    """Which post examines is the SOP's affair; here it must be one of the same office.

    Raises:
        AksesDitolak: a foreign or lapsed mandate, or the person handed the figures in (403).
    """
    if not (_is_berlaku(sebagai, aktor, now) and perms.can_view(formulir, [sebagai])):
        raise AksesDitolak(_("Capaian ini diperiksa oleh pejabat instansinya sendiri."))
    if orang_lain and not perms.can_judge(formulir, aktor):
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
