"""What is still missing in a row before it can be handed in, and what deserves a second look."""

from dataclasses import dataclass

from kinerja.rules.capaian import Aturan, Hasil, Rumus
from kinerja.rules.kategori import PENGATURAN_BAKU, Pengaturan
from sakip.common.angka import format_batas

_WAJIB = {
    "kendala": "Capaian di bawah {}, tulis kendalanya.",
    "solusi": "Capaian di bawah {}, tulis solusinya.",
    "rencana": "Capaian di bawah {}, tulis RTL untuk periode berikutnya.",
}


@dataclass(frozen=True)
class RtlLalu:
    """How a plan of the last period fares. is_ada: there was one."""

    is_ada: bool = False
    status: str = ""
    keterangan: str = ""
    bukti: int = 0


@dataclass(frozen=True)
class UraianBaris:
    """The texts of a row, and what it has to answer.

    kembali: an examiner noted what to mend; the unit answers with its RTL.
    """

    penjelasan: str = ""
    kendala: str = ""
    solusi: str = ""
    rencana: str = ""
    kembali: bool = False
    rtl: str = ""
    lalu: RtlLalu = RtlLalu()


def list_kekurangan(
    hasil: Hasil, uraian: UraianBaris, pengaturan: Pengaturan = PENGATURAN_BAKU
) -> dict[str, str]:
    """Faults of a row by field name; empty when it can be handed in."""
    kurang = {}
    if uraian.kembali and not uraian.rtl.strip():
        kurang["rtl"] = "Jawab catatan pemeriksa dengan RTL."
    return kurang | _list_isian(hasil, uraian, pengaturan) | _list_lalu(uraian.lalu)


def _list_isian(hasil: Hasil, uraian: UraianBaris, pengaturan: Pengaturan) -> dict[str, str]:
    if _is_rendah(hasil, pengaturan):
        batas = format_batas(pengaturan.batas_penjelasan)
        kurang = {"penjelasan": f"Capaian di bawah {batas}, penjelasan wajib diisi."}
        if pengaturan.wajib_rtl:
            kurang |= {nama: kalimat.format(batas) for nama, kalimat in _WAJIB.items()}
        return {n: kalimat for n, kalimat in kurang.items() if not getattr(uraian, n).strip()}
    if uraian.penjelasan.strip():
        return {}
    if hasil.rumus is Rumus.KATA:
        return {"penjelasan": "Indikator ini dinilai dengan kata. Tulis pada penjelasan."}
    if hasil.aturan is Aturan.BELUM_DIISI:
        return {"realisasi": "Isi realisasi, atau jelaskan mengapa belum ada."}
    return {}


def _list_lalu(lalu: RtlLalu) -> dict[str, str]:
    if not lalu.is_ada:
        return {}
    if not lalu.status:
        return {"rtl_lalu_status": "Sebutkan apakah RTL periode lalu selesai atau berlanjut."}
    if lalu.status == "berlanjut" and not lalu.keterangan.strip():
        return {"rtl_lalu_keterangan": "RTL periode lalu berlanjut: tulis sampai di mana."}
    if lalu.status == "selesai" and not lalu.bukti:
        return {"rtl_lalu_status": "RTL periode lalu selesai: lampirkan bukti atau tautannya."}
    return {}


def warn_baris(hasil: Hasil, uraian: UraianBaris, pengaturan: Pengaturan = PENGATURAN_BAKU) -> str:
    """A hint beside a row that can be saved as it is; "" when there is nothing to say."""
    kurang = _list_isian(hasil, uraian, pengaturan)
    kurang.pop("realisasi", None)
    if len(kurang) > 1:
        batas = format_batas(pengaturan.batas_penjelasan)
        kata = [_SEBUTAN[n] for n in kurang]
        return f"Capaian di bawah {batas}: lengkapi {', '.join(kata[:-1])} dan {kata[-1]}."
    if kurang:
        return next(iter(kurang.values()))
    if hasil.mentah is not None and hasil.mentah > pengaturan.batas_periksa:
        return (
            f"Capaian di atas {format_batas(pengaturan.batas_periksa)}. Periksa kembali angkanya."
        )
    # Where lower is better, thousands for decimals ("4.079" for "4,079") end far below zero.
    if hasil.mentah is not None and hasil.mentah < -pengaturan.batas_periksa:
        return "Realisasi jauh melampaui target. Periksa kembali angkanya."
    if hasil.rumus is not Rumus.KATA and hasil.aturan in (
        Aturan.TAK_TERHITUNG,
        Aturan.TANPA_TARGET,
    ):
        return hasil.alasan
    return ""


_SEBUTAN = {"penjelasan": "penjelasan", "kendala": "kendala", "solusi": "solusi", "rencana": "RTL"}


def _is_rendah(hasil: Hasil, pengaturan: Pengaturan) -> bool:
    return hasil.persen is not None and hasil.persen < pengaturan.batas_penjelasan
