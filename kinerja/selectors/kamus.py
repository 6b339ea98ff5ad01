"""The kamus of an office: what each indikator means, in the same rows on page, paper and sheet."""

from collections.abc import Sequence
from dataclasses import dataclass

from kinerja.models import Indikator, Label
from kinerja.rules.capaian import RUMUS_KATA, Rumus
from kinerja.rules.komposit import KomponenBaca, Peran, Susunan, describe_susunan
from organisasi.models import Instansi
from sakip.common.angka import format_angka, format_batas

BELUM = "Belum ditulis"


@dataclass(frozen=True)
class Kamus:
    """One indikator. masa: years of its plan; butir: what is said about it and its words; kurang:
    how many are missing.
    """

    pk: int
    masa: str
    kode: str
    nama: str
    label: tuple[str, ...]
    butir: tuple[tuple[str, str], ...]
    kurang: int
    is_aktif: bool


def list_kamus(
    instansi: Instansi, *, label: str = "", indikator: Sequence[int] = ()
) -> list[Kamus]:
    """Indikator of the office, the latest plan first and in its order. Three queries, however many.

    label: only those that carry it. indikator: only these; without it those in use.
    """
    daftar = Indikator.objects.filter(sasaran__tujuan__instansi=instansi)
    daftar = daftar.filter(pk__in=indikator) if indikator else daftar.filter(is_aktif=True)
    if label:
        daftar = daftar.filter(label__nama=label)
    urut = daftar.select_related("sasaran__tujuan", "unit").order_by(
        "-sasaran__tujuan__tahun_awal", "sasaran__tujuan__kode", "sasaran__urutan", "urutan", "pk"
    )
    return [_build(i) for i in urut.prefetch_related("label", "komponen")]


def list_label(instansi: Instansi) -> list[str]:
    """Labels that some indikator of the office carries. One query."""
    dipakai = Label.objects.filter(instansi=instansi, indikator__isnull=False)
    return list(dipakai.order_by("nama").values_list("nama", flat=True).distinct())


def _build(i: Indikator) -> Kamus:
    label = tuple(sorted(t.nama for t in i.label.all()))
    tujuan = i.sasaran.tujuan
    masa = f"{tujuan.tahun_awal}–{tujuan.tahun_akhir}"
    butir = [
        ("Masa rencana", masa),
        ("Tujuan", tujuan.uraian),
        ("Sasaran", i.sasaran.uraian),
        ("Label", ", ".join(label) or "–"),
        ("Alasan pemilihan", i.alasan_pemilihan),
        ("Definisi operasional", i.definisi_operasional),
        ("Rumus dengan kata", _describe_cara(i)),
        ("Satuan", i.satuan),
        ("Jenis nilai", str(i.get_jenis_nilai_display())),
        ("Polaritas", str(i.get_polaritas_display())),
        ("Rumus capaian", _describe_rumus(i)),
        ("Penggabungan triwulan", str(i.get_agregasi_display())),
        ("Sumber data", i.sumber_data),
        ("Penanggung jawab", i.unit.nama),
        ("Periode pengukuran", "Triwulanan"),
    ]
    return Kamus(
        pk=i.pk,
        masa=masa,
        kode=i.kode,
        nama=i.nama,
        label=label,
        butir=tuple((judul, isi or BELUM) for judul, isi in butir),
        kurang=sum(not isi for _judul, isi in butir),
        is_aktif=i.is_aktif,
    )


def _describe_cara(i: Indikator) -> str:
    """What the office wrote, and what the parts say."""
    komponen = [KomponenBaca(k.nama, Peran(k.peran), k.bobot) for k in i.komponen.all()]
    susunan = describe_susunan(Susunan(i.susunan), komponen, i.pengali)
    return "\n".join(t for t in (i.cara_hitung, susunan) if t)


def _describe_rumus(i: Indikator) -> str:
    batas = [] if i.batas is None else [f"paling tinggi {format_batas(i.batas)}"]
    batas += [] if i.lantai is None else [f"paling rendah {format_batas(i.lantai)}"]
    batas += [f"toleransi {format_angka(i.toleransi)}"] if i.toleransi else []
    return "; ".join([RUMUS_KATA[Rumus(i.rumus)], *batas])
