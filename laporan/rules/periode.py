"""Reporting periods: names, and the triwulan whose figures a report shows."""

_ROMAWI = ("I", "II", "III", "IV")
_BULAN = (
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
)

# How many periods of each kind a year has; tahunan has one, numbered 0.
BANYAK: dict[str, int] = {"bulanan": 12, "triwulan": 4, "semester": 2, "tahunan": 1}


def name_bagian(jenis: str, periode_ke: int) -> str:
    """Which part of a year, without the year: "Triwulan III", "Bulan September", "Setahun penuh".

    Raises:
        ValueError: there is no such period.
    """
    if jenis == "tahunan" and periode_ke == 0:
        return "Setahun penuh"
    if jenis not in BANYAK or jenis == "tahunan" or not 1 <= periode_ke <= BANYAK[jenis]:
        raise ValueError(f"periode {periode_ke} tidak ada untuk laporan {jenis}")
    if jenis == "bulanan":
        return f"Bulan {_BULAN[periode_ke - 1]}"
    return f"{jenis.title()} {_ROMAWI[periode_ke - 1]}"


def name_periode(jenis: str, periode_ke: int, tahun: int) -> str:
    """ "Triwulan III Tahun 2026", "Bulan September Tahun 2026", "Tahun 2026".

    Raises:
        ValueError: there is no such period.
    """
    bagian = name_bagian(jenis, periode_ke)
    return f"Tahun {tahun}" if jenis == "tahunan" else f"{bagian} Tahun {tahun}"


def last_triwulan(jenis: str, periode_ke: int) -> int:
    """The triwulan in which the period ends, 1 to 4: its figures are the ones to date."""
    return {
        "bulanan": (periode_ke + 2) // 3,
        "triwulan": periode_ke,
        "semester": periode_ke * 2,
        "tahunan": 4,
    }[jenis]


def name_periode_dokumen(menghasilkan: str, jenis: str, periode_ke: int, tahun: int) -> str:
    """The period a document is about: of a report its own, of the others the whole year."""
    if menghasilkan == "laporan_kinerja":
        return name_periode(jenis, periode_ke, tahun)
    return name_periode("tahunan", 0, tahun)
