"""What came back for rework, why, and what was changed since: for whoever judges it again."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from kinerja.models import Capaian, FormulirCapaian
from laporan.models import Draf, Kunjungan, Lampiran, Tugas
from sakip.common.angka import format_angka


@dataclass(frozen=True)
class PerbaikanUnit:
    """One unit that had to do its figures again. perubahan: each change as a sentence."""

    unit: str
    putaran: int
    alasan: str
    oleh: str
    is_dikirim: bool
    perubahan: list[str]
    lampiran: list[Lampiran] = field(default_factory=list)


def list_perbaikan(draf: Draf) -> list[PerbaikanUnit]:
    """Units of the last round of figures, where it was not the first. Eight queries at most."""
    kunjungan = (
        Kunjungan.objects.filter(draf=draf, tugas__formulir__isnull=False)
        .select_related("pengirim__kunjungan")
        .order_by("-pk")
        .first()
    )
    if kunjungan is None or kunjungan.iterasi == 1 or kunjungan.pengirim is None:
        return []
    tugas = list(
        Tugas.objects.filter(kunjungan=kunjungan, formulir__isnull=False)
        .select_related("unit", "formulir")
        .order_by("unit__urutan", "pk")
    )
    balik = _map_pengembali(kunjungan.pengirim)
    lama = _list_lama([t.formulir for t in tugas if t.formulir])
    baris = _group_capaian([*(t.formulir_id for t in tugas), *lama.values()])
    lampiran = list(Lampiran.objects.filter(tugas__in=tugas, untuk=Lampiran.Untuk.PERBAIKAN))
    return [
        PerbaikanUnit(
            unit=str(t.unit),
            putaran=kunjungan.iterasi,
            alasan=balik.get(t.unit_id, kunjungan.pengirim).catatan,
            oleh=balik.get(t.unit_id, kunjungan.pengirim).pelaku_sebutan,
            is_dikirim=t.status == Tugas.Status.SELESAI,
            perubahan=list(
                _describe(baris.get(lama.get(t.unit_id), {}), baris.get(t.formulir_id, {}))
            ),
            lampiran=[satu for satu in lampiran if satu.tugas_id == t.pk],
        )
        for t in tugas
    ]


def _map_pengembali(pengirim: Tugas) -> dict[int | None, Tugas]:
    """Who sent each unit back, where each unit was judged by itself."""
    semua = Tugas.objects.filter(kunjungan=pengirim.kunjungan_id, status=Tugas.Status.DIKEMBALIKAN)
    return {t.unit_id: t for t in semua if t.unit_id is not None}


def _list_lama(formulir: Sequence[FormulirCapaian]) -> dict[int | None, int]:
    """Unit id to the form of the round before."""
    sebelum = {(f.unit_id, f.putaran - 1) for f in formulir}
    daftar = FormulirCapaian.objects.filter(
        unit__in=[f.unit_id for f in formulir],
        tahun__in={f.tahun for f in formulir},
        triwulan__in={f.triwulan for f in formulir},
    )
    return {f.unit_id: f.pk for f in daftar if (f.unit_id, f.putaran) in sebelum}


def _group_capaian(formulir: Iterable[int | None]) -> dict[int | None, dict[int, Capaian]]:
    """Form id to its rows by indikator, with evidence."""
    daftar = Capaian.objects.filter(formulir__in=[f for f in formulir if f])
    hasil: dict[int | None, dict[int, Capaian]] = {}
    for c in daftar.select_related("indikator").prefetch_related("bukti"):
        hasil.setdefault(c.formulir_id, {})[c.indikator_id] = c
    return hasil


def _describe(lama: Mapping[int, Capaian], baru: Mapping[int, Capaian]) -> Iterable[str]:
    for pk, c in sorted(baru.items(), key=lambda butir: butir[1].indikator.urutan):
        dulu = lama.get(pk)
        if dulu is None:
            continue
        if dulu.realisasi != c.realisasi:
            yield f"{c.indikator.nama}: realisasi {_kata(dulu)} menjadi {_kata(c)}"
        if dulu.penjelasan != c.penjelasan:
            yield f"{c.indikator.nama}: penjelasan diubah"
        tambah = {b.sha256 for b in c.bukti.all()} - {b.sha256 for b in dulu.bukti.all()}
        if tambah:
            yield f"{c.indikator.nama}: {len(tambah)} bukti dukung baru"


def _kata(c: Capaian) -> str:
    return "kosong" if c.realisasi is None else format_angka(c.realisasi)
