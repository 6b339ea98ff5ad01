"""Empty signature fields, laid over the boxes that the layout left for them.

Written with pikepdf rather than by the signer, so that a frozen document is the same bytes each
time.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import pikepdf

from sakip.common.pdf_isi import Kotak

# Annotation flags: printed with the page (4), not to be moved or deleted (128).
_TERCETAK_TERKUNCI = 132
# Permission of a closed document: no changes.
_TANPA_PERUBAHAN = 1


@dataclass(frozen=True)
class Ruas:
    """An empty place for one signature. The last signer closes the document (is_penutup)."""

    nama: str
    kotak: Kotak
    keterangan: str
    is_penutup: bool


def place_ruas(pdf: pikepdf.Pdf, ruas: Sequence[Ruas]) -> None:
    """Put empty signature fields into an open document. Before the first signature only."""
    bidang = [_make_ruas(pdf, r) for r in ruas]
    pdf.Root.AcroForm = pdf.make_indirect(
        pikepdf.Dictionary(Fields=pikepdf.Array(bidang), SigFlags=0)
    )


def _make_ruas(pdf: pikepdf.Pdf, ruas: Ruas) -> pikepdf.Object:
    nomor, *sudut = ruas.kotak
    halaman = pdf.pages[nomor - 1]
    # PDF/A asks for an appearance even where there is nothing to see yet.
    kosong = pdf.make_stream(
        b"",
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Form,
        BBox=pikepdf.Array([0, 0, sudut[2] - sudut[0], sudut[3] - sudut[1]]),
    )
    bidang = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot,
        Subtype=pikepdf.Name.Widget,
        FT=pikepdf.Name.Sig,
        T=pikepdf.String(ruas.nama),
        TU=pikepdf.String(ruas.keterangan),
        F=_TERCETAK_TERKUNCI,
        P=halaman.obj,
        Rect=pikepdf.Array(sudut),
        AP=pikepdf.Dictionary(N=kosong),
    )
    if ruas.is_penutup:
        bidang.Lock = pikepdf.Dictionary(
            Type=pikepdf.Name.SigFieldLock, Action=pikepdf.Name.All, P=_TANPA_PERUBAHAN
        )
    objek = pdf.make_indirect(bidang)
    if "/Annots" not in halaman.obj:
        halaman.obj.Annots = pikepdf.Array()
    halaman.obj.Annots.append(objek)
    return objek
