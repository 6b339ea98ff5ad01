"""What becomes of a form that was examined: verified, sent back, opened anew."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.db.models import Count, Q
from django.utils.translation import gettext as _

from kinerja.models import Capaian, FormulirCapaian
from kinerja.rules.pemeriksaan import MAKS_CATATAN, Tanda, TandaBaris
from kinerja.selectors.pemeriksaan import TANPA_PENILAIAN
from kinerja.services.kunci import find_lebih_baru, lock_formulir, require_pemeriksa
from kinerja.services.tanda import (
    JEJAK,
    KOLOM,
    Pemeriksa,
    describe_tanda,
    lock_untuk,
    mark_baris,
    record_periksa,
)
from organisasi.models import Pengguna, Penugasan
from sakip.common.errors import IsianTidakSah, TransisiDitolak


@dataclass(frozen=True)
class Pengembalian:
    """Why a form goes back: one reason for all of it, and notes by capaian id."""

    alasan: str
    catatan: Mapping[int, str] = field(default_factory=dict)


@transaction.atomic
def verify_banyak(*, formulir_ids: Sequence[int], pemeriksa: Pemeriksa) -> list[FormulirCapaian]:
    """The figures are right: diajukan to diverifikasi, locked from here on.

    Every row has been found right before; nothing is marked along with its form.

    Raises:
        AksesDitolak: a foreign mandate, or the person's own figures (403).
        TransisiDitolak: not diajukan, or a newer round exists (409).
        IsianTidakSah: a row of it needs work, nobody has judged it, or its target is in words and
            nobody has said how far it was reached (422).
    """
    formulir = lock_untuk(formulir_ids, pemeriksa)
    tanda = _count_tanda(formulir)
    _require_tanpa_temuan(tanda)
    if belum := tanda["belum"]:
        raise IsianTidakSah(
            _("%(n)d indikator belum diperiksa. Beri tanda tiap baris lebih dahulu.") % {"n": belum}
        )
    if belum := tanda["belum_dinilai"]:
        raise IsianTidakSah(
            _("%(n)d indikator yang targetnya uraian belum dinilai. Pilih penilaiannya.")
            % {"n": belum}
        )
    return _verify(formulir, "kinerja.formulir.verify", pemeriksa)


@transaction.atomic
def ratify_banyak(*, formulir_ids: Sequence[int], pemeriksa: Pemeriksa) -> list[FormulirCapaian]:
    """The figures stand with the report they went into, where its SOP examines no rows.

    Rows keep the verdict they have, or none: nobody is said to have examined them.

    Raises:
        AksesDitolak, TransisiDitolak: as `verify_banyak`.
        IsianTidakSah: a row of it is marked as in need of work (422).
    """
    formulir = lock_untuk(formulir_ids, pemeriksa)
    _require_tanpa_temuan(_count_tanda(formulir))
    return _verify(formulir, "kinerja.formulir.ratify", pemeriksa)


def _count_tanda(formulir: Sequence[FormulirCapaian]) -> dict[str, int]:
    """How many rows of the forms still lack something, by what it is. One query."""
    return Capaian.objects.filter(formulir__in=formulir).aggregate(
        belum=Count("pk", filter=Q(periksa=Tanda.BELUM)),
        perbaiki=Count("pk", filter=Q(periksa=Tanda.PERBAIKI)),
        belum_dinilai=Count("pk", filter=TANPA_PENILAIAN),
    )


def _require_tanpa_temuan(tanda: Mapping[str, int]) -> None:
    if salah := tanda["perbaiki"]:
        raise IsianTidakSah(
            _("%(n)d indikator masih bertanda perlu perbaikan. Kembalikan, atau ubah tandanya.")
            % {"n": salah}
        )


def _verify(
    formulir: list[FormulirCapaian], aksi: str, pemeriksa: Pemeriksa
) -> list[FormulirCapaian]:
    kolom = ("status", "diputus_pada", *JEJAK)
    for f in formulir:
        f.verify(now=pemeriksa.now)
        record_periksa(f, aksi, pemeriksa, kolom, putaran=f.putaran)
    return formulir


def verify_formulir(
    *, formulir_id: int, aktor: Pengguna, sebagai: Penugasan, now: datetime
) -> FormulirCapaian:
    """One form as `verify_banyak` does it."""
    pemeriksa = Pemeriksa(aktor, sebagai, now)
    return verify_banyak(formulir_ids=[formulir_id], pemeriksa=pemeriksa)[0]


@transaction.atomic
def return_formulir(
    *,
    formulir_id: int,
    pengembalian: Pengembalian,
    aktor: Pengguna,
    sebagai: Penugasan,
    now: datetime,
) -> FormulirCapaian:
    """The figures need work: diajukan to dikembalikan. `open_formulir` then begins a new round.

    A row marked as in need of work that has no note of its own takes the reason for one.

    Raises:
        IsianTidakSah: no reason (422).
        AksesDitolak: a foreign mandate; one's own figures may be sent back (403).
        TransisiDitolak: as `verify_banyak` (409).
    """
    alasan, pemeriksa = pengembalian.alasan.strip(), Pemeriksa(aktor, sebagai, now)
    _require_alasan(alasan)
    (formulir,) = lock_untuk([formulir_id], pemeriksa, orang_lain=False)
    temuan = _note_temuan(formulir, pengembalian, aktor)
    formulir.send_back(alasan=alasan, now=now)
    record_periksa(
        formulir,
        "kinerja.formulir.return",
        pemeriksa,
        ("status", "alasan_kembali", "diputus_pada", *JEJAK),
        putaran=formulir.putaran,
        alasan=alasan,
        catatan=[describe_tanda(c) for c in temuan],
    )
    return formulir


def _note_temuan(
    formulir: FormulirCapaian, pengembalian: Pengembalian, aktor: Pengguna
) -> list[Capaian]:
    """Rows of the form that need work, each with a note. At most two queries."""
    diminta = Q(pk__in=pengembalian.catatan) | Q(periksa=Tanda.PERBAIKI)
    daftar = Capaian.objects.filter(diminta, formulir=formulir).select_related("indikator")
    temuan = list(daftar.order_by("pk"))
    berubah = []
    for c in temuan:
        catatan = pengembalian.catatan.get(c.pk, "").strip() or c.catatan_pemeriksa
        baris = TandaBaris(Tanda.PERBAIKI, catatan or pengembalian.alasan.strip()[:MAKS_CATATAN])
        berubah += [c] if mark_baris(c, baris, aktor) else []
    Capaian.objects.bulk_update(berubah, KOLOM)
    return temuan


@transaction.atomic
def reopen_formulir(*, formulir_id: int, alasan: str, pemeriksa: Pemeriksa) -> FormulirCapaian:
    """Leave to begin a new attempt at verified figures; this round stays verified as it is.

    `open_formulir` then begins the new round, with all its rows open.

    Raises:
        IsianTidakSah: no reason (422).
        AksesDitolak: as `verify_banyak` (403).
        TransisiDitolak: it is not verified, or a newer round of it exists (409).
    """
    _require_alasan(alasan.strip())
    formulir = lock_formulir(formulir_id)
    baru = find_lebih_baru(formulir)
    require_pemeriksa(formulir, aktor=pemeriksa.aktor, sebagai=pemeriksa.sebagai, now=pemeriksa.now)
    if formulir.status != FormulirCapaian.Status.DIVERIFIKASI:
        raise TransisiDitolak(_("Hanya capaian yang sudah diverifikasi yang dibuka kembali."))
    if baru is not None:
        pesan = _("%(unit)s sudah mempunyai putaran %(n)d yang %(status)s. Lanjutkan dari sana.")
        status = baru.get_status_display().lower()
        raise TransisiDitolak(pesan % {"unit": formulir.unit, "n": baru.putaran, "status": status})
    record_periksa(
        formulir,
        "kinerja.formulir.reopen",
        pemeriksa,
        JEJAK,
        putaran=formulir.putaran,
        alasan=alasan.strip(),
    )
    return formulir


def _require_alasan(alasan: str) -> None:
    if not alasan:
        raise IsianTidakSah(
            _("Tuliskan apa yang harus diperbaiki. Pengembalian wajib disertai alasan.")
        )
