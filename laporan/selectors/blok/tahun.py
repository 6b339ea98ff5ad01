"""Block of one sasaran over the years: capaian of each of its indikator, and their mean as a line.

Sumber: KERANGKA-LKJ
"""

from decimal import Decimal

from kinerja.rules.capaian import mean_capaian
from kinerja.selectors.banding import TitikTahun
from kinerja.selectors.tabel import TabelCapaian
from laporan.rules.blok import TAHUN
from laporan.selectors.blok.bahan import KOSONG, Bahan
from laporan.selectors.blok.bentuk import Bentuk, BlokData, Garis, Kolom, Tabel, Teks
from sakip.common.angka import format_persen

_CATATAN = "Rata-rata hanya ditulis untuk tahun yang capaian semua indikatornya diketahui."
_LEBAR_TAHUN = 12


def build_tahun(bahan: Bahan) -> list[BlokData]:
    """For each sasaran the years of which anything is known, this one last. No query."""
    return [BlokData(TAHUN, _tell_sasaran(bahan, t), t.sasaran_id) for t in bahan.tabel]


def _tell_sasaran(bahan: Bahan, tabel: TabelCapaian) -> tuple[Bentuk, ...]:
    titik = {
        b.indikator_id: {t.tahun: t for t in bahan.laporan.banding[b.indikator_id].tahun}
        for b in tabel.baris
    }
    label = {t.tahun: t.label for menurut in titik.values() for t in menurut.values()}
    tahun = sorted(label)
    if len(tahun) < 2:
        return (Teks("Belum ada capaian sasaran ini pada tahun sebelumnya.", is_kosong=True),)
    rerata = [_mean([menurut.get(t) for menurut in titik.values()]) for t in tahun]
    baris = [
        (str(b.nomor), b.indikator, *(_teks(titik[b.indikator_id].get(t)) for t in tahun))
        for b in tabel.baris
    ]
    akhir = tuple(KOSONG if n is None else format_persen(n) for n in rerata)
    isi: list[Bentuk] = [
        Tabel(
            f"Capaian {tabel.judul} menurut tahun",
            (
                Kolom("No", 7),
                Kolom("Indikator"),
                *(Kolom(label[t], _LEBAR_TAHUN, is_angka=True) for t in tahun),
            ),
            (*baris, ("", "Rata-rata", *akhir)),
            tebal=(len(baris),),
            catatan=(_CATATAN,) if None in rerata else (),
        )
    ]
    if sum(n is not None for n in rerata) > 1:
        garis = ("Rata-rata", tuple(rerata), "nila", False)
        judul = f"Rata-rata capaian {tabel.judul} menurut tahun"
        isi.append(Garis(judul, tuple(label[t] for t in tahun), (garis,)))
    return tuple(isi)


def _mean(titik: list[TitikTahun | None]) -> Decimal | None:
    """Mean of a year in which nothing is missing, else None."""
    hasil = [t.hasil for t in titik if t is not None and t.hasil is not None]
    rerata = mean_capaian(hasil)
    lengkap = len(hasil) == len(titik) and not rerata.tak_terhitung
    return rerata.persen if lengkap else None


def _teks(titik: TitikTahun | None) -> str:
    return titik.teks if titik else KOSONG
