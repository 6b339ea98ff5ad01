"""Verdicts on rows that wait for an examiner: one by one, or the rest of a form at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from kinerja.models import Capaian, FormulirCapaian
from kinerja.rules.pemeriksaan import (
    Tanda,
    TandaBaris,
    explain_kurang,
    explain_sendiri,
    explain_tanda,
    split_catatan,
)
from kinerja.selectors.baris import build_uraian
from kinerja.selectors.pemeriksaan import list_belum
from kinerja.selectors.pengaturan import get_pengaturan_formulir
from kinerja.services.kunci import list_menunggu, lock_diajukan
from organisasi.models import Pengguna, Penugasan
from organisasi.services.jejak import record_jejak
from sakip.common.errors import IsianTidakSah, TransisiDitolak

JEJAK = ("jejak_urut", "jejak_sidik")
KOLOM = ("periksa", "catatan_pemeriksa", "penilaian", "diperiksa_oleh", "versi")


@dataclass(frozen=True)
class Pemeriksa:
    """Who examines, under which mandate, and when."""

    aktor: Pengguna
    sebagai: Penugasan
    now: datetime


class TandaTidakSah(IsianTidakSah):
    """A verdict that cannot be kept; `galat` has a sentence per field name."""

    def __init__(self, galat: Mapping[str, str]) -> None:
        super().__init__(" ".join(galat.values()))
        self.galat = dict(galat)


class TandaBerubah(TransisiDitolak):
    """Another examiner, or another window, has judged the row meanwhile. `versi` is the present
    one: sent with the next attempt it says that the person has seen this verdict. `kini`: it.
    """

    def __init__(self, capaian: Capaian) -> None:
        siapa = capaian.diperiksa_oleh.nama if capaian.diperiksa_oleh else _("orang lain")
        kata = capaian.catatan_pemeriksa or capaian.penilaian
        catatan = " ".join(kata.split()).rstrip(".")
        super().__init__(
            _(
                "%(indikator)s sudah ditandai %(tanda)s oleh %(siapa)s%(catatan)s. Tanda Anda "
                "belum disimpan. Simpan sekali lagi bila tanda Anda yang benar."
            )
            % {
                "indikator": capaian.indikator.nama,
                "tanda": capaian.get_periksa_display().lower(),
                "siapa": siapa,
                "catatan": f": “{catatan}”" if catatan else "",
            }
        )
        self.versi = capaian.versi
        sebab, kata = split_catatan(capaian.catatan_pemeriksa)
        self.kini = {
            "siapa": siapa,
            "periksa": capaian.periksa,
            "sebab": sebab,
            "catatan": kata,
            "penilaian": capaian.penilaian,
        }


@dataclass(frozen=True)
class HasilPeriksa:
    """What became of verdicts: rows changed, those not kept, each with its refusal, and those kept
    that still lack a note.
    """

    tersimpan: int
    ditolak: Mapping[int, TandaTidakSah | TandaBerubah]
    kurang: Mapping[int, str] = field(default_factory=dict)

    @property
    def galat(self) -> dict[int, dict[str, str]]:
        """Refusals and lacks as sentences by capaian id and field."""
        kalimat = {**self.kurang, **{pk: d.pesan for pk, d in self.ditolak.items()}}
        return {pk: {"catatan": teks} for pk, teks in kalimat.items()}


@transaction.atomic
def save_pemeriksaan(
    *, formulir_ids: Sequence[int], tanda: Mapping[int, TandaBaris], pemeriksa: Pemeriksa
) -> HasilPeriksa:
    """Keep verdicts on rows of forms that wait for an examiner.

    Rows of other forms are ignored; a verdict with a fault, or on a row that somebody has judged
    since, is not kept, the others are. A choice whose note is still to come is kept and named.

    Raises:
        AksesDitolak: a foreign mandate, or the person's own figures (403).
    """
    menunggu = [f.pk for f in list_menunggu(formulir_ids)]
    formulir = lock_untuk(menunggu, pemeriksa)
    baris = Capaian.objects.filter(formulir__in=formulir, pk__in=tanda)
    ditolak: dict[int, TandaTidakSah | TandaBerubah] = {}
    berubah: list[Capaian] = []
    kurang: dict[int, str] = {}
    for c in baris.select_related("indikator", "diperiksa_oleh"):
        try:
            berubah += [c] if _judge(c, tanda[c.pk], pemeriksa.aktor) else []
        except (TandaTidakSah, TandaBerubah) as sebab:
            ditolak[c.pk] = sebab
        else:
            kalimat = explain_kurang(tanda[c.pk], c.pilihan_penilaian)
            kurang |= {c.pk: kalimat} if kalimat else {}
    _store(formulir, berubah, pemeriksa)
    return HasilPeriksa(len(berubah), ditolak, kurang)


@transaction.atomic
def accept_sisanya(
    *, formulir_id: int, dilihat: Mapping[int, int], pemeriksa: Pemeriksa
) -> tuple[int, list[tuple[str, str]]]:
    """Find the rest of a form right: rows without verdict that were seen, computed and complete.

    dilihat: capaian id to the version of the row as shown. Returns how many were marked, and the
    others as indikator and why it has to be judged by itself.

    Raises:
        AksesDitolak, TransisiDitolak: as `verify_banyak`.
    """
    (formulir,) = lock_untuk([formulir_id], pemeriksa)
    pengaturan = get_pengaturan_formulir(formulir)
    terima, sendiri = [], []
    for c in list_belum([formulir_id]):
        alasan = explain_sendiri(c.hasil, build_uraian(c), pengaturan)
        if dilihat.get(c.pk) != c.versi:
            alasan = _("Baris ini belum Anda lihat.")
        if alasan:
            sendiri.append((c.indikator.nama, alasan))
        else:
            mark_baris(c, TandaBaris(Tanda.SESUAI), pemeriksa.aktor)
            terima.append(c)
    _store([formulir], terima, pemeriksa, aksi="kinerja.capaian.sisanya")
    return len(terima), sendiri


def _judge(c: Capaian, baris: TandaBaris, aktor: Pengguna) -> bool:
    """Put a posted verdict on the row; whether that changed anything.

    Raises:
        TandaTidakSah: its note is too long.
        TandaBerubah: the row was judged since the person saw it, and not the same way.
    """
    if salah := explain_tanda(baris):
        raise TandaTidakSah({"catatan": salah})
    lama = (c.periksa, c.catatan_pemeriksa, c.penilaian)
    if baris.versi not in (None, c.versi) and lama != _read_baru(c, baris):
        raise TandaBerubah(c)
    return mark_baris(c, baris, aktor)


def _read_baru(c: Capaian, baris: TandaBaris) -> tuple[str, str, str]:
    """Verdict, note and what was found, as they will stand. No verdict keeps an old note."""
    catatan = c.catatan_pemeriksa if baris.tanda is Tanda.BELUM else baris.catatan
    dipilih = baris.tanda is Tanda.SESUAI and baris.penilaian in c.pilihan_penilaian
    return baris.tanda.value, catatan, baris.penilaian if dipilih else ""


def _store(
    formulir: Sequence[FormulirCapaian],
    berubah: Sequence[Capaian],
    p: Pemeriksa,
    *,
    aksi: str = "kinerja.capaian.examine",
) -> None:
    """Write changed rows, and one line in the trail of each form of theirs."""
    Capaian.objects.bulk_update(berubah, KOLOM)
    for f in formulir:
        milik = [c for c in berubah if c.formulir_id == f.pk]
        if milik:
            record_periksa(
                f, aksi, p, JEJAK, banyak=len(milik), tanda=[describe_tanda(c) for c in milik]
            )


def describe_tanda(c: Capaian) -> dict[str, Any]:
    """The verdict on a row for the trail, named by the keys that never change, and by its code."""
    return {
        "capaian": c.pk,
        "indikator": c.indikator_id,
        "kode": c.indikator.kode,
        "tanda": c.periksa,
        "catatan": c.catatan_pemeriksa,
        **({"penilaian": c.penilaian} if c.penilaian else {}),
    }


def mark_baris(c: Capaian, baris: TandaBaris, aktor: Pengguna) -> bool:
    """Put the verdict on the row; whether that changed anything."""
    baru = _read_baru(c, baris)
    if (c.periksa, c.catatan_pemeriksa, c.penilaian) == baru:
        return False
    c.periksa, c.catatan_pemeriksa, c.penilaian = baru
    c.diperiksa_oleh = aktor
    c.versi += 1
    return True


def record_periksa(
    formulir: FormulirCapaian, aksi: str, p: Pemeriksa, kolom: Sequence[str], **data: Any
) -> None:
    """Save those fields of the form with a line of its trail."""
    record_jejak(formulir, aksi=aksi, aktor=p.aktor, now=p.now, sebagai=p.sebagai, **data)
    formulir.save(update_fields=list(kolom))


def lock_untuk(
    formulir_ids: Sequence[int], p: Pemeriksa, *, orang_lain: bool = True
) -> list[FormulirCapaian]:
    """The forms, locked for that examiner; refuses as `lock_diajukan`."""
    return lock_diajukan(
        formulir_ids, aktor=p.aktor, sebagai=p.sebagai, now=p.now, orang_lain=orang_lain
    )
