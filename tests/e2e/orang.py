"""The demo people of Dinas Kesehatan Kabupaten Mojokerto, by what they do."""

KEPALA = "197203151998032001"
SEKRETARIS = "197511202001121002"
PERENCANA = "198604102010012003"
STAF = {
    "KESMAS": "199205172016032005",
    "P2P": "198809232014022006",
    "YANKES": "199107082015031007",
    "SDK": "199312122019032008",
    "SET": "199001052015021004",
}
LAPORAN = "Laporan Kinerja Triwulan III Tahun 2026"
# The office with a past: Kecamatan Dawarblandong.
CAMAT = "197204091993031031"
# Reads every office of the kabupaten: Bagian Organisasi Sekretariat Daerah.
PEMBINA = "197505052000031066"
