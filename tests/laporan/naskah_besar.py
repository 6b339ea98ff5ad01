"""A report as large and as awkward as an office can make it: for what stands on its pages."""

from typing import Any

from kinerja.selectors.tabel_laporan import SERATUS
from laporan.models import VersiNaskah

SASARAN = (
    "Meningkatnya derajat kesehatan masyarakat",
    "Meningkatnya mutu layanan kesehatan dasar dan rujukan",
    "Meningkatnya tata kelola dan akuntabilitas kinerja perangkat daerah",
)
PER_SASARAN = 10
ANALISIS = (
    "Perbandingan target dan realisasi tahun ini",
    "Perbandingan realisasi tahun ini dengan beberapa tahun lalu",
    "Perbandingan realisasi sampai tahun ini dengan target akhir Renstra",
    "Perbandingan dengan standar nasional",
    "Penyebab keberhasilan atau kegagalan dan alternatif solusi",
    "Efisiensi penggunaan sumber daya",
    "Program dan kegiatan yang menunjang",
)
_KALIMAT = (
    "Realisasi indikator ini dihimpun dari laporan bulanan puskesmas dan diperiksa silang dengan "
    "data rumah sakit, sehingga angka yang tersaji telah melalui verifikasi berjenjang. "
)
KATA_PANJANG = "pertanggungjawabankeberlanjutan" * 8
ANGKA_BESAR = "12.345.678.901.234.567,89"


def make_naskah(versi: VersiNaskah, *, ringkas: bool = False) -> VersiNaskah:
    """The version, unsaved, with everything at once: thirty indicators, 300 rows, a giant row.

    ringkas: as awkward, but of few pages.
    """
    indikator, baris = (2, 30) if ringkas else (len(SASARAN) * PER_SASARAN, 300)
    versi.tabel = [make_tabel(n) for n in range(len(SASARAN))]
    isi = {
        "kata-pengantar": f"<p>{_KALIMAT * 4}</p>" * 4,
        "pendahuluan": f"<h3>Latar Belakang</h3><p>{_KALIMAT * 5}</p>" * 6,
        "akuntabilitas-kinerja": "".join(_bahas(n) for n in range(indikator)),
        "penutup": f"<p>{KATA_PANJANG}</p>{make_tabel_ketik(baris)}{_baris_raksasa()}",
    }
    versi.isi = [b | {"html": isi.get(b["kode"], "")} for b in versi.isi]
    return versi


def _bahas(nomor: int) -> str:
    butir = "".join(f"<li><strong>{a}.</strong> {_KALIMAT * 2}</li>" for a in ANALISIS)
    kepala = ""
    if nomor % PER_SASARAN == 0:
        kepala = f"<h3>Sasaran {nomor // PER_SASARAN + 1}</h3>"
    return f"{kepala}<h4>Indikator {nomor + 1}</h4><p>{_KALIMAT}</p><ol>{butir}</ol>"


def make_tabel_ketik(baris: int) -> str:
    """A table that somebody pasted, head and all."""
    isi = "".join(
        f"<tr><td>{n}</td><td>Puskesmas {n}</td><td>{ANGKA_BESAR}</td><td></td></tr>"
        for n in range(1, baris + 1)
    )
    kepala = "".join(f"<th>{k}</th>" for k in ("Nomor", "Fasilitas", "Belanja", "Keterangan"))
    return f"<table><thead><tr>{kepala}</tr></thead><tbody>{isi}</tbody></table>"


def _baris_raksasa() -> str:
    """One row longer than a page; its last words must still be printed."""
    return (
        f"<table><tbody><tr><td>Uraian</td><td>{_KALIMAT * 60} AKHIRRAKSASA</td></tr></tbody>"
        "</table>"
    )


def make_tabel(sasaran: int) -> dict[str, Any]:
    """Capaian of one sasaran as a version freezes it, with years, Renstra, others and money."""
    nomor = range(sasaran * PER_SASARAN + 1, (sasaran + 1) * PER_SASARAN + 1)
    return {
        "judul": SASARAN[sasaran],
        "baris": [_baris(n) for n in nomor],
        "rerata": str(SERATUS),
        "rerata_teks": "98,1%",
        "banyak": PER_SASARAN,
        "tak_terhitung": 1,
        "sasaran_id": sasaran + 1,
        "banding": {
            "judul_perubahan": "Dari tahun lalu",
            "catatan": "",
            "tahun": ["2023", "2024", "2025", "2026"],
            "baris": [_baris_tahun(n) for n in nomor],
            "renstra": [_renstra(n) for n in nomor],
            "lain": [_lain(n) for n in nomor],
        },
        "anggaran": {
            "baris": [_uang(n) for n in range(1, 6)],
            "jumlah": {"pagu": ANGKA_BESAR, "belanja": ANGKA_BESAR, "serapan": "98,7%"},
            "efisiensi": [
                {"nama": "Efisiensi", "nilai": "1,3%", "sebutan": "Efisien", "alasan": "Hemat."}
            ],
        },
    }


def _baris(n: int) -> dict[str, Any]:
    return {
        "kode": f"IKU-{n}",
        "nomor": n,
        "indikator": f"Persentase penduduk usia {n} tahun yang mendapat layanan sesuai standar",
        "satuan": "persen",
        "polaritas": "naik",
        "target": "90.5",
        "target_teks": "90,5",
        "realisasi": "81.45",
        "realisasi_teks": ANGKA_BESAR if n == 1 else "81,45",
        "persen": "90",
        "capaian_teks": "90%",
        "kategori": "Tinggi",
        "kategori_warna": "daun",
        "rumus": "realisasi ÷ target × 100",
        "alasan": "81,45 ÷ 90,5 × 100 = 90%.",
        "penjelasan": "",
        "unit": "Bidang Pencegahan dan Pengendalian Penyakit",
    }


def _baris_tahun(n: int) -> dict[str, Any]:
    nilai = [{"realisasi": f"8{t},45", "capaian": "90%"} for t in range(4)]
    return {"nomor": n, "indikator": f"Indikator {n}", "nilai": nilai, "perubahan": "naik 1 poin"}


def _renstra(n: int) -> dict[str, Any]:
    return {
        "nomor": n,
        "indikator": f"Indikator {n}",
        "kini": "83,45",
        "target": "95",
        "target_teks": "95",
        "tahun": 2029,
        "teks": "87,8%",
        "sisa": "11,55 lagi",
        "alasan": "83,45 ÷ 95 × 100 = 87,8%.",
    }


def _lain(n: int) -> dict[str, Any]:
    return {
        "nomor": n,
        "indikator": f"Indikator {n}",
        "kini": "83,45",
        "nama": "Nasional",
        "tahun": 2026,
        "nilai": "80",
        "nilai_teks": "80",
        "letak": "di atas nasional",
        "sumber": "Profil Kesehatan Indonesia",
    }


def _uang(n: int) -> dict[str, Any]:
    return {
        "kode": f"1.02.0{n}",
        "nama": f"Program Pemenuhan Upaya Kesehatan ke-{n}",
        "pagu": ANGKA_BESAR,
        "belanja": "987.654.321",
        "serapan": "98,7%",
    }
