"""Lock a form, and refuse whoever may not touch it. Every act on figures begins here."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from kinerja import perms
from kinerja.models import FormulirCapaian
from kinerja.selectors.pemeriksaan import list_sendiri
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

    orang_lain: the actor must have had no hand in them; sending one's own back harms nobody.

    Raises:
        AksesDitolak: as `require_pemeriksa` and `require_bukan_sendiri` (403).
        TransisiDitolak: one of them is not diajukan, or a newer round of it exists (409).
    """
    terkunci = FormulirCapaian.objects.select_for_update(of=("self",), no_key=True)
    formulir = list(
        terkunci.filter(pk__in=formulir_ids)
        .annotate(ada_baru=_lebih_baru())
        .select_related("unit__instansi", "diajukan_oleh")
        .order_by("pk")
    )
    for f in formulir:
        require_pemeriksa(f, aktor=aktor, sebagai=sebagai, now=now)
    if orang_lain:
        require_bukan_sendiri(formulir, aktor)
    if any(f.ada_baru or f.status != FormulirCapaian.Status.DIAJUKAN for f in formulir):
        raise TransisiDitolak(
            _("Capaian ini tidak sedang menunggu pemeriksaan. Muat ulang halaman ini.")
        )
    return [*formulir]


def list_menunggu(formulir_ids: Sequence[int]) -> list[FormulirCapaian]:
    """Those of the forms that wait for an examiner: diajukan, and no newer round. One query."""
    diajukan = FormulirCapaian.objects.filter(
        ~_lebih_baru(), pk__in=formulir_ids, status=FormulirCapaian.Status.DIAJUKAN
    )
    return list(diajukan.select_related("unit").order_by("unit__urutan", "unit__kode", "pk"))


def find_lebih_baru(formulir: FormulirCapaian) -> FormulirCapaian | None:
    """The newest round after this one, where there is any. One query."""
    sesudah = FormulirCapaian.objects.filter(
        unit=formulir.unit_id,
        tahun=formulir.tahun,
        triwulan=formulir.triwulan,
        putaran__gt=formulir.putaran,
    )
    return sesudah.order_by("putaran").last()


def _lebih_baru() -> Exists:
    """Whether a newer round of the same form exists."""
    return Exists(
        FormulirCapaian.objects.filter(
            unit=OuterRef("unit"),
            tahun=OuterRef("tahun"),
            triwulan=OuterRef("triwulan"),
            putaran__gt=OuterRef("putaran"),
        )
    )


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
        AksesDitolak: a foreign or lapsed mandate (403).
    """
    if not (_is_berlaku(sebagai, aktor, now) and perms.can_view(formulir, [sebagai])):
        raise AksesDitolak(_("Capaian ini diperiksa oleh pejabat instansinya sendiri."))


def require_bukan_sendiri(formulir: Sequence[FormulirCapaian], aktor: Pengguna) -> None:
    """Whoever filled figures in, brought their evidence or sent them judges none of them, whatever
    posts he holds. One query.

    Raises:
        AksesDitolak: one of the forms is his own work (403).
    """
    sendiri = list_sendiri([f.pk for f in formulir], aktor.pk)
    if sendiri or not all(perms.can_judge(f, aktor) for f in formulir):
        raise AksesDitolak(
            _("Anda yang mengisi atau mengajukan capaian ini; pemeriksanya harus orang lain.")
        )


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
