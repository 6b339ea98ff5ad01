"""Archives (xlsx, docx) as the same bytes for the same content, whenever they are made."""

import io
import re
import zipfile

# The hour that every file in such an archive carries.
_WAKTU = (2000, 1, 1, 0, 0, 0)
_INTI = "docProps/core.xml"
_DIUBAH = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(<)")
_TANGGAL = b"2000-01-01T00:00:00Z"


def fix_zip(isi: bytes, *, tanpa_waktu: bool = False) -> bytes:
    """The same files in the same order, with one time for all.

    tanpa_waktu: also the times of making that an office file states about itself.
    """
    keluaran = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(isi)) as asal, zipfile.ZipFile(keluaran, "w") as arsip:
        for satu in asal.infolist():
            keterangan = zipfile.ZipInfo(satu.filename, _WAKTU)
            keterangan.compress_type = zipfile.ZIP_DEFLATED
            teks = asal.read(satu)
            if tanpa_waktu and satu.filename == _INTI:
                teks = _DIUBAH.sub(rb"\g<1>" + _TANGGAL + rb"\g<2>", teks)
            arsip.writestr(keterangan, teks)
    return keluaran.getvalue()
