"""Codes of the data blocks that a part of a document may carry. Sumber: KERANGKA-LKJ"""

from collections.abc import Mapping

CAPAIAN, PERJANJIAN, RENCANA_AKSI = "capaian", "perjanjian", "rencana_aksi"

# Code to what the template page calls it.
BLOK: Mapping[str, str] = {
    CAPAIAN: "Tabel capaian kinerja per sasaran",
    PERJANJIAN: "Tabel perjanjian kinerja",
    RENCANA_AKSI: "Tabel rencana aksi",
}
