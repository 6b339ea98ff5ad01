"""What is still missing in a row before it can be handed in, and what deserves a second look."""

from kinerja.rules.capaian import Aturan, Hasil, Rumus
from kinerja.rules.kategori import PENGATURAN_BAKU, Pengaturan
from sakip.common.angka import format_batas


def list_kekurangan(
    hasil: Hasil,
    penjelasan: str,
    *,
    kembali: bool = False,
    rtl: str = "",
    pengaturan: Pengaturan = PENGATURAN_BAKU,
) -> dict[str, str]:
    """Faults of a row by field name; empty when it can be handed in.

    kembali: an examiner noted what to mend; the unit answers with its RTL.
    """
    jawab = {"rtl": "Jawab catatan pemeriksa dengan RTL."} if kembali and not rtl.strip() else {}
    return jawab | _list_isian(hasil, penjelasan, pengaturan)


def _list_isian(hasil: Hasil, penjelasan: str, pengaturan: Pengaturan) -> dict[str, str]:
    if penjelasan.strip():
        return {}
    if hasil.rumus is Rumus.KATA:
        return {"penjelasan": "Indikator ini dinilai dengan kata. Tulis pada penjelasan."}
    if hasil.aturan is Aturan.BELUM_DIISI:
        return {"realisasi": "Isi realisasi, atau jelaskan mengapa belum ada."}
    if hasil.persen is not None and hasil.persen < pengaturan.batas_penjelasan:
        batas = format_batas(pengaturan.batas_penjelasan)
        return {"penjelasan": f"Capaian di bawah {batas}, penjelasan wajib diisi."}
    return {}


def warn_baris(hasil: Hasil, penjelasan: str, pengaturan: Pengaturan = PENGATURAN_BAKU) -> str:
    """A hint beside a row that can be saved as it is; "" when there is nothing to say."""
    kurang = list_kekurangan(hasil, penjelasan, pengaturan=pengaturan)
    if "penjelasan" in kurang:
        return kurang["penjelasan"]
    if hasil.mentah is not None and hasil.mentah > pengaturan.batas_periksa:
        return (
            f"Capaian di atas {format_batas(pengaturan.batas_periksa)}. Periksa kembali angkanya."
        )
    if hasil.rumus is not Rumus.KATA and hasil.aturan in (
        Aturan.TAK_TERHITUNG,
        Aturan.TANPA_TARGET,
    ):
        return hasil.alasan
    return ""
