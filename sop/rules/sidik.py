"""Fingerprint of a version: SHA-256 of its whole content in one canonical form."""

import hashlib
import json
from dataclasses import asdict
from datetime import date
from typing import Any

from sop.rules.graf import Graf, SimpulLangkah, SimpulPelaksana
from sop.rules.identitas import Identitas


def compute_sidik(graf: Graf, identitas: Identitas) -> str:
    """64 hexadecimal characters, independent of primary keys, row order and names of posts."""
    isi = {
        "identitas": asdict(identitas),
        "langkah": [_langkah(s, graf) for s in sorted(graf.langkah, key=lambda s: s.nomor)],
    }
    teks = json.dumps(
        isi, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=date.isoformat
    )
    return hashlib.sha256(teks.encode()).hexdigest()


def _langkah(s: SimpulLangkah, graf: Graf) -> dict[str, Any]:
    isi: dict[str, Any] = {
        "ke": {hasil: graf.nomor(tujuan) for hasil, tujuan in s.ke.items()},
        "pelaksana": sorted(_pelaksana(p) for p in s.pelaksana),
        "waktu": [s.waktu.nilai, s.waktu.satuan.value] if s.waktu else None,
        "catatan_sumber": dict(s.catatan_sumber),
    }
    polos = (
        "nomor kegiatan simbol tindakan kelengkapan kelengkapan_ulang waktu_per_unit waktu_teks "
        "output keterangan periode efek beda_orang_dari perlu_konfirmasi"
    )
    return isi | {nama: getattr(s, nama) for nama in polos.split()}


def _pelaksana(p: SimpulPelaksana) -> list[Any]:
    return [p.urutan, p.jabatan_kode, list(p.per_unit)]
