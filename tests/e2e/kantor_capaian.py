"""An office of its own for the journeys about figures: five bidang and a route of four steps."""

from datetime import date
from pathlib import Path

import yaml

from tests.e2e.conftest import SANDI, Pasang

KODE = "kantor-capaian"
KEPALA = "197001011995011901"
PERENCANA = "198001012005011902"
BIDANG = {
    "SATU": "198101012006011911",
    "DUA": "198201012007011912",
    "TIGA": "198301012008011913",
    "EMPAT": "198401012009011914",
    "LIMA": "198501012010011915",
}
# The third fills its figures in Excel, with room for five kinds of error.
BANYAK = {"SATU": 2, "DUA": 3, "TIGA": 6, "EMPAT": 1, "LIMA": 1}


def name_unit(kode: str) -> str:
    """Name of a bidang."""
    return f"Bidang {kode.title()}"


def load_kantor(pasang: Pasang, folder: Path) -> None:
    """Office, plan and published SOP, by the commands of the administrator."""
    berkas = {}
    for nama, isi in {"organisasi": _organisasi(), "rencana": _rencana(), "sop": _sop()}.items():
        berkas[nama] = str(folder / f"{nama}.yaml")
        Path(berkas[nama]).write_text(yaml.safe_dump(isi, allow_unicode=True), encoding="utf-8")
    pasang.manage("muat_organisasi", berkas["organisasi"], "--sandi", SANDI)
    terbit = ("--instansi", KODE, "--terbitkan", "--nip", KEPALA)
    pasang.manage("muat_sop", berkas["sop"], *terbit)
    pasang.manage("muat_kinerja", berkas["rencana"], "--instansi", KODE)


def _orang(nip: str, nama: str, **mandat: str) -> dict[str, object]:
    penugasan = {"mulai": date(2024, 1, 2), "dasar": "SK uji", **mandat}
    return {
        "nip": nip,
        "nama": nama,
        "pangkat": "Pembina",
        "golongan": "IV/a",
        "surel": f"{nip}@contoh.go.id",
        "penugasan": [penugasan],
    }


def _organisasi() -> dict[str, object]:
    orang = [
        _orang(KEPALA, "Ratih Kepala", jabatan="kepala"),
        _orang(PERENCANA, "Sari Rencana", jabatan="rencana"),
        *(_orang(n, f"Orang {k.title()}", jabatan="bidang", unit=k) for k, n in BIDANG.items()),
    ]
    return {
        "instansi": {
            "kode": KODE,
            "nama": "Dinas Uji Capaian",
            "nama_pendek": "Dinas Uji Capaian",
            "pemerintah": "Pemerintah Kabupaten Uji",
            "kota": "Uji",
            "alamat": "Jalan Uji 1",
            "telepon": "-",
            "surel": "uji@contoh.go.id",
            "zona": "Asia/Jakarta",
        },
        "unit": [{"kode": k, "nama": name_unit(k), "jenis": "bidang"} for k in BIDANG],
        "jabatan": [
            {"kode": "kepala", "nama": "Kepala Dinas", "tingkat": "kepala"},
            {"kode": "rencana", "nama": "Perencana", "tingkat": "perencana"},
            {"kode": "bidang", "nama": "Kepala Bidang", "tingkat": "bidang"},
        ],
        "orang": orang,
    }


def _rencana() -> dict[str, object]:
    indikator = [
        {
            "kode": f"{kode}.{n}",
            "nama": f"Indikator {kode.title()} ke-{n}",
            "satuan": "persen",
            "unit": kode,
            "target": {2026: ["90", "90", "90", "90"]},
        }
        for kode, banyak in BANYAK.items()
        for n in range(1, banyak + 1)
    ]
    sasaran = {"kode": "1", "uraian": "Meningkatnya layanan", "indikator": indikator}
    tujuan = {"kode": "1", "uraian": "Layanan yang baik", "tahun_awal": 2025, "tahun_akhir": 2029}
    return {"tujuan": [{**tujuan, "sasaran": [sasaran]}]}


def _sop() -> dict[str, object]:
    langkah: list[tuple[int, str, str, str, str, dict[str, object]]] = [
        (1, "Memerintahkan pengumpulan data", "mulai", "disposisi", "kepala", {"lanjut": 2}),
        (2, "Mengisi capaian kinerja", "proses", "kumpul", "bidang", {"lanjut": 3}),
        (3, "Memverifikasi data", "keputusan", "verifikasi", "rencana", {"ya": 4, "tidak": 2}),
        (4, "Menyusun laporan", "akhir", "susun", "rencana", {"lanjut": "selesai"}),
    ]
    return {
        "kode": "pengumpulan-ringkas",
        "nama": "SOP Pengumpulan Data Kinerja",
        "langkah": [
            {
                "nomor": nomor,
                "kegiatan": kegiatan,
                "simbol": simbol,
                "tindakan": tindakan,
                "pelaksana": [{"jabatan": jabatan, "per_unit": ["bidang"]}]
                if jabatan == "bidang"
                else jabatan,
                "waktu": "1 hari",
                **jalur,
            }
            for nomor, kegiatan, simbol, tindakan, jabatan, jalur in langkah
        ],
    }
