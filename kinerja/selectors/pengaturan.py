"""How an office judges percentages: today, and as it did when a form was opened."""

from decimal import Decimal

from kinerja.models import FormulirCapaian, PengaturanKinerja, SkalaKategori
from kinerja.rules.kategori import PENGATURAN_BAKU, Kategori, Pengaturan


def get_pengaturan(instansi_id: int) -> Pengaturan:
    """Scale and limits of the office, each the regulation's where it has none. Two queries.

    The lowest band has no lower end, whatever its number: a percentage below it has no other.
    """
    baris = list(SkalaKategori.objects.filter(instansi=instansi_id).order_by("-batas"))
    skala = [Kategori(b.batas, b.label, b.warna) for b in baris[:-1]]
    skala += [Kategori(None, b.label, b.warna) for b in baris[-1:]]
    batas = PengaturanKinerja.objects.filter(instansi=instansi_id).first()
    return Pengaturan(
        skala=tuple(skala) or PENGATURAN_BAKU.skala,
        batas_penjelasan=Decimal(batas.batas_penjelasan)
        if batas
        else PENGATURAN_BAKU.batas_penjelasan,
        batas_periksa=Decimal(batas.batas_periksa) if batas else PENGATURAN_BAKU.batas_periksa,
        wajib_rtl=batas.is_wajib_rtl if batas else PENGATURAN_BAKU.wajib_rtl,
    )


def get_pengaturan_formulir(
    formulir: FormulirCapaian, baku: Pengaturan | None = None
) -> Pengaturan:
    """Scale and limits of the form's opening, which later changes leave alone. No query.

    A form without them (nothing was kept yet) is judged by `baku`, or as the office does today,
    which costs two queries.
    """
    if formulir.pengaturan:
        return Pengaturan.from_json(formulir.pengaturan)
    return baku or get_pengaturan(formulir.unit.instansi_id)
