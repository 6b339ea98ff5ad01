"""Files inside a PDF/A-3: the data of which the pages are the picture."""

import io
from dataclasses import dataclass
from datetime import datetime

import pikepdf

from sakip.common.pdf import save_pdf


@dataclass(frozen=True)
class Lampiran:
    """One file to carry along. pada: when it was made; None leaves the time out."""

    nama: str
    jenis: str
    isi: bytes
    keterangan: str
    pada: datetime | None = None


def attach_berkas(isi: bytes, lampiran: Lampiran) -> bytes:
    """The document with that file inside it, named as its data. Before the first signature only."""
    with pikepdf.open(io.BytesIO(isi)) as pdf:
        berkas = pikepdf.AttachedFileSpec(
            pdf,
            lampiran.isi,
            filename=lampiran.nama,
            mime_type=lampiran.jenis,
            description=lampiran.keterangan,
            creation_date=f"{lampiran.pada:D:%Y%m%d%H%M%SZ}" if lampiran.pada else "",
            mod_date=f"{lampiran.pada:D:%Y%m%d%H%M%SZ}" if lampiran.pada else "",
        )
        berkas.relationship = pikepdf.Name.Data
        pdf.attachments[lampiran.nama] = berkas
        # PDF/A-3 wants every file to belong to something: here, to the whole document.
        pdf.Root.AF = pikepdf.Array([berkas.obj])
        return save_pdf(pdf)
