"""What the text of a draft still lacks, with where to mend it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from kinerja.models import FormulirCapaian
from laporan.models import BabNaskah, Draf
from laporan.rules.blok import PERJANJIAN
from laporan.rules.kelengkapan import Kurang
from laporan.rules.kerangka import INDIKATOR, find_kosong
from laporan.rules.periode import last_triwulan
from laporan.rules.uraian import ANGKA, list_angka
from laporan.selectors.naskah import list_sisipan
from laporan.selectors.uraian import list_berubah, list_uraian

_PER_INDIKATOR = ("target:", "realisasi:", "capaian:")


@dataclass(frozen=True)
class Kelengkapan:
    """How far a text is. wajib, terisi: parts that must say something, and how many do."""

    wajib: int
    terisi: int
    kurang: tuple[Kurang, ...]

    @property
    def penghalang(self) -> list[str]:
        """What must be mended before the text is handed over."""
        return [k.pesan for k in self.kurang if k.is_wajib]


def check_naskah(
    draf: Draf, bab: Sequence[BabNaskah], tabel: list[dict[str, Any]], *, diperiksa: bool
) -> Kelengkapan:
    """diperiksa: whether the SOP has verified the figures by now. Two queries at most."""
    wajib = [b for b in bab if b.is_wajib]
    if not draf.is_laporan:
        return Kelengkapan(0, 0, ())
    kosong = {b.pk for b in _list_kosong(bab, tabel)}
    kurang = [
        *_lack_bab(wajib, kosong),
        *_lack_perjanjian(bab, tabel),
        *_lack_capaian(draf, bab, tabel),
        *(_lack_verifikasi(draf, is_wajib=bool(wajib)) if diperiksa else ()),
        *_lack_angka(bab, tabel),
        *_list_berubah(draf, bab),
    ]
    terisi = sum(b.pk not in kosong for b in wajib)
    return Kelengkapan(len(wajib), terisi, tuple(sorted(kurang, key=lambda k: not k.is_wajib)))


def _list_kosong(bab: Sequence[BabNaskah], tabel: list[dict[str, Any]]) -> list[BabNaskah]:
    """Parts that say nothing; of an indikator only words count, its figures stand there anyway."""
    berisi = [
        (
            b.tingkat,
            bool(b.isi) or (b.ulang != INDIKATOR and any(s.tabel for s in _sisip(b, tabel))),
        )
        for b in bab
    ]
    return [b for b, kosong in zip(bab, find_kosong(berisi), strict=True) if kosong]


def _sisip(bab: BabNaskah, tabel: list[dict[str, Any]]) -> list[Any]:
    return [s for s in list_sisipan(bab, tabel) if s.blok != PERJANJIAN]


def _lack_bab(wajib: Sequence[BabNaskah], kosong: set[int]) -> Iterator[Kurang]:
    for b in wajib:
        if b.pk not in kosong or PERJANJIAN in b.blok:
            continue
        kata = _("%(bab)s belum mempunyai analisis.") if b.ulang else _("%(bab)s belum ditulis.")
        yield Kurang(kata % {"bab": b.judul}, is_wajib=True, jangkar=f"j-{b.pk}")


def _lack_perjanjian(bab: Sequence[BabNaskah], tabel: list[dict[str, Any]]) -> Iterator[Kurang]:
    """The agreement where a part asks for it; said once."""
    diminta = [b for b in bab if PERJANJIAN in b.blok]
    if diminta and not any(t.get("blok") == PERJANJIAN for t in tabel):
        yield Kurang(
            _("Perjanjian kinerja tahun ini belum ditetapkan, sehingga tabelnya kosong."),
            is_wajib=any(b.is_wajib and not b.isi for b in diminta),
            jangkar=f"j-{diminta[0].pk}",
            tautan=reverse("laporan:list-perjanjian"),
        )


def _lack_capaian(
    draf: Draf, bab: Sequence[BabNaskah], tabel: list[dict[str, Any]]
) -> Iterator[Kurang]:
    """Indikator without a figure: they are printed as such, so the writer may go on."""
    belum = [
        b["indikator"] for t in tabel if "blok" not in t for b in t["baris"] if b["belum_diisi"]
    ]
    if belum:
        yield Kurang(
            _("%(n)d indikator belum mempunyai realisasi: %(nama)s.")
            % {"n": len(belum), "nama": "; ".join(belum)},
            is_wajib=False,
            jangkar=f"j-{bab[0].pk}" if bab else "",
            tautan=reverse("laporan:view-draf", args=[draf.pk]),
        )


def _lack_verifikasi(draf: Draf, *, is_wajib: bool) -> Iterator[Kurang]:
    belum = FormulirCapaian.objects.filter(
        unit__instansi=draf.instansi_id,
        tahun=draf.tahun,
        triwulan=last_triwulan(draf.jenis, draf.periode_ke),
        status=FormulirCapaian.Status.DIAJUKAN,
    )
    for f in belum.select_related("unit"):
        pesan = _("Capaian %(unit)s belum diverifikasi.") % {"unit": f.unit.nama}
        yield Kurang(pesan, is_wajib=is_wajib, tautan=f.get_absolute_url())


def _lack_angka(bab: Sequence[BabNaskah], tabel: list[dict[str, Any]]) -> Iterator[Kurang]:
    """Codes of figures that mean nothing: they would be printed as they were typed."""
    indikator = {b["kode"] for t in tabel if "blok" not in t for b in t["baris"]}
    dikenal = {*ANGKA, *(f"{awal}{kode}" for awal in _PER_INDIKATOR for kode in indikator)}
    for b in bab:
        for kode in list_angka(b.isi):
            if kode not in dikenal:
                pesan = _("%(bab)s: kode angka “%(kode)s” tidak dikenal.")
                isi = {"bab": b.judul, "kode": kode}
                yield Kurang(pesan % isi, is_wajib=True, jangkar=f"j-{b.pk}")


def _list_berubah(draf: Draf, bab: Sequence[BabNaskah]) -> Iterator[Kurang]:
    if not any(b.ulang for b in bab):
        return
    uraian: Mapping[int, str] = list_uraian(draf)
    for b in list_berubah(list(bab), uraian):
        pesan = _("%(bab)s: uraian bidang berubah sejak Anda menyuntingnya.") % {"bab": b.judul}
        tautan = reverse("laporan:renew-bab", args=[b.pk])
        yield Kurang(pesan, is_wajib=False, jangkar=f"j-{b.pk}", tautan=tautan)
