"""Whether a certificate is that of the person who signed, as far as it says.

A service signs with the certificate of whoever's NIK and passphrase it was given. Where these are
somebody else's, the document would name one person and be signed by another.
"""

import re

from sakip.common.tte import Penandatangan, Sertifikat

_PENGENAL = re.compile(r"[0-9]{16}(?:[0-9]{2})?")


def is_orang_sama(sertifikat: Sertifikat, siapa: Penandatangan) -> bool:
    """Whether it may be that person's.

    A NIK or NIP in the certificate decides. Else the names do, titles left out, as certificates
    leave them out: every word of the shorter one must stand in the longer one.
    """
    nomor = _PENGENAL.search(sertifikat.pengenal)
    if nomor:
        return nomor[0] in {siapa.nip, siapa.nik.reveal() if siapa.nik else ""}
    pendek, panjang = sorted((_kata(sertifikat.nama), _kata(siapa.nama)), key=len)
    return bool(pendek) and pendek <= panjang


def _kata(nama: str) -> frozenset[str]:
    """Words of a name in capitals, without titles: "dr. Hj. Ratna Uji, M.Kes." is RATNA UJI."""
    utama = nama.partition(",")[0].upper().split()
    tanpa_gelar = [k for k in utama if "." not in k] or utama
    return frozenset(re.sub(r"[^\w]", "", k) for k in tanpa_gelar) - {""}
