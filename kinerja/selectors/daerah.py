"""All offices of one government side by side: how far each is, and how complete its figures are."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kinerja.models import Capaian, FormulirCapaian, Indikator
from kinerja.rules.capaian import Hasil
from kinerja.rules.periode import Periode
from kinerja.selectors.gambar import SERATUS
from kinerja.selectors.rerata import RataRata, mean_persen
from organisasi.models import Instansi
from sakip.common.grafik import Batang, Grafik, draw_batang, draw_dua


@dataclass(frozen=True)
class BarisDaerah:
    """One office. kirim, verifikasi: of how many units (`unit`) figures are in, and verified."""

    instansi: Instansi
    rerata: RataRata
    unit: int
    kirim: int
    verifikasi: int


@dataclass(frozen=True)
class Daerah:
    """One government in one triwulan. lengkap: offices whose every unit is verified."""

    pemerintah: str
    periode: Periode
    baris: tuple[BarisDaerah, ...]
    lengkap: int
    grafik: Grafik


def get_daerah(pemerintah: str, periode: Periode) -> Daerah:
    """Offices that print that name of government. Four queries, however many there are.

    No contents of drafts, no names: figures handed in and whether they were verified.
    """
    instansi = list(Instansi.objects.filter(pemerintah=pemerintah))
    indikator = Indikator.objects.filter(is_aktif=True, sasaran__tujuan__instansi__in=instansi)
    banyak, unit = Counter[int](), defaultdict[int, set[int]](set)
    for i, u in indikator.values_list("sasaran__tujuan__instansi", "unit"):
        banyak[i] += 1
        unit[i].add(u)
    terakhir = _list_terakhir(instansi, periode)
    hasil = _group_hasil(terakhir)
    baris = [
        _build(i, hasil.get(i.pk, []), banyak[i.pk], unit[i.pk], terakhir)
        for i in instansi
        if banyak[i.pk]
    ]
    return Daerah(
        pemerintah=pemerintah,
        periode=periode,
        baris=tuple(baris),
        lengkap=sum(b.verifikasi == b.unit for b in baris),
        grafik=_draw(baris, periode),
    )


def _list_terakhir(instansi: Sequence[Instansi], periode: Periode) -> dict[int, FormulirCapaian]:
    """The latest round handed in, by unit. One query."""
    daftar = FormulirCapaian.objects.filter(
        unit__instansi__in=instansi,
        tahun=periode.tahun,
        triwulan=periode.triwulan,
        status__in=FormulirCapaian.TERKIRIM,
    ).select_related("unit")
    return {f.unit_id: f for f in daftar.order_by("putaran")}


def _group_hasil(terakhir: Mapping[int, FormulirCapaian]) -> dict[int, list[Hasil]]:
    """Results by office. One query."""
    instansi = {f.pk: f.unit.instansi_id for f in terakhir.values()}
    hasil: dict[int, list[Hasil]] = defaultdict(list)
    for c in Capaian.objects.filter(formulir__in=instansi):
        hasil[instansi[c.formulir_id]].append(c.hasil)
    return hasil


def _build(
    instansi: Instansi,
    hasil: Sequence[Hasil],
    banyak: int,
    unit: set[int],
    terakhir: Mapping[int, FormulirCapaian],
) -> BarisDaerah:
    milik = [terakhir[u] for u in unit if u in terakhir]
    return BarisDaerah(
        instansi=instansi,
        rerata=mean_persen([h.persen for h in hasil], semua=max(banyak, len(hasil))),
        unit=len(unit),
        kirim=len(milik),
        verifikasi=sum(f.status == FormulirCapaian.Status.DIVERIFIKASI for f in milik),
    )


def _draw(baris: Sequence[BarisDaerah], periode: Periode) -> Grafik:
    ada = sum(b.rerata.persen is not None for b in baris)
    judul = f"{ada} dari {len(baris)} perangkat daerah mempunyai capaian {periode.nama}"
    batang = [
        Batang(b.instansi.nama_pendek, b.rerata.persen, b.rerata.teks, b.rerata.warna)
        for b in baris
    ]
    return draw_dua(lambda lebar: draw_batang(judul, batang, acuan=SERATUS, lebar=lebar))
