"""What is posted where an empty form would be refused before the right is looked at."""

from tests.common.test_gambar import foto
from tests.house.negeri import Negeri, Nilai

Isian = dict[str, str | bytes]


def make_isian(n: Negeri, nilai: dict[str, Nilai]) -> dict[str, Isian]:
    """By address; bytes are sent as a file. What is missing here is posted nearly empty."""
    return {
        "kinerja:upload-lembar": {"berkas": b"bukan Excel"},
        "laporan:add-gambar": {"gambar": foto(40, 30).getvalue()},
        "laporan:answer-catatan": {"aksi": "selesai"},
        "laporan:assess-sop": {"urut": "0"},
        "laporan:change-draf": {"alasan": "Uji."},
        "laporan:create-draf": {"tahun": "2026", "periode": "triwulan-4"},
        "laporan:create-penilaian": {
            "versi": str(n.sop["tulis"].pk),
            "jenis": "monitoring",
            "periode": "2026-s2",
        },
        "laporan:order-paket-lke": {"tahun": "2026"},
        "laporan:remind-capaian": {"periode": "2026-3"},
        "sop:move-langkah": {"langkah": str(nilai["sop:langkah_id"][""]), "ke": "1"},
    }
