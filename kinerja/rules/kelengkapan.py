"""What is still missing in a row before it can be handed in, and what deserves a second look."""

from decimal import Decimal

from kinerja.rules.capaian import Aturan, Hasil

# Below this percentage the unit says why. It is the lower bound of "Tinggi".
BATAS_PENJELASAN = Decimal(76)
# From here on a typing mistake is likelier than a success.
BATAS_PERIKSA = Decimal(150)


def list_kekurangan(
    hasil: Hasil, penjelasan: str, *, kembali: bool = False, rtl: str = ""
) -> dict[str, str]:
    """Faults of a row by field name; empty when it can be handed in.

    kembali: an examiner noted what to mend; the unit answers with its RTL.
    """
    jawab = {"rtl": "Jawab catatan pemeriksa dengan RTL."} if kembali and not rtl.strip() else {}
    return jawab | _list_isian(hasil, penjelasan)


def _list_isian(hasil: Hasil, penjelasan: str) -> dict[str, str]:
    if penjelasan.strip():
        return {}
    if hasil.aturan is Aturan.BELUM_DIISI:
        return {"realisasi": "Isi realisasi, atau jelaskan mengapa belum ada."}
    if hasil.persen is not None and hasil.persen < BATAS_PENJELASAN:
        return {"penjelasan": "Capaian di bawah 76%, penjelasan wajib diisi."}
    return {}


def warn_baris(hasil: Hasil, penjelasan: str) -> str:
    """A hint beside a row that can be saved as it is; "" when there is nothing to say."""
    kurang = list_kekurangan(hasil, penjelasan)
    if "penjelasan" in kurang:
        return kurang["penjelasan"]
    if hasil.mentah is not None and hasil.mentah > BATAS_PERIKSA:
        return "Capaian di atas 150%. Periksa kembali angkanya."
    if hasil.aturan in (Aturan.TAK_TERHITUNG, Aturan.TANPA_TARGET):
        return hasil.alasan
    return ""
