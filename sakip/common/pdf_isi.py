"""What a laid-out PDF is given before it is kept: files inside of it, the claim of PDF/UA, order.

Done with pikepdf in the one pass of `sakip.common.pdf` that packs the document anew.
"""

import io
from dataclasses import dataclass
from datetime import datetime

import pikepdf

# Page from 1, then x1, y1, x2, y2 in points from its lower left corner.
Kotak = tuple[int, float, float, float, float]
_AKHIR_RDF = b"</rdf:RDF>"
# PDF/A allows a property it does not know only with its description; PDF/UA is one (ISO 14289-1).
_KLAIM_UA = b"""<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<pdfuaid:part>1</pdfuaid:part></rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#"><pdfaExtension:schemas><rdf:Bag>
<rdf:li rdf:parseType="Resource"><pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix><pdfaSchema:property><rdf:Seq>
<rdf:li rdf:parseType="Resource"><pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 that the file follows</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>"""


@dataclass(frozen=True)
class Lampiran:
    """One file to carry along. pada: when it was made; None leaves the time out."""

    nama: str
    jenis: str
    isi: bytes
    keterangan: str
    pada: datetime | None = None


def save_pdf(pdf: pikepdf.Pdf) -> bytes:
    """Bytes of an open document, always the same for the same content."""
    keluaran = io.BytesIO()
    pdf.save(keluaran, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
    return keluaran.getvalue()


def attach(pdf: pikepdf.Pdf, lampiran: Lampiran) -> None:
    """Put the file into an open document, named as its data. Before the first signature only."""
    pada = f"{lampiran.pada:D:%Y%m%d%H%M%SZ}" if lampiran.pada else ""
    berkas = pikepdf.AttachedFileSpec(
        pdf,
        lampiran.isi,
        filename=lampiran.nama,
        mime_type=lampiran.jenis,
        description=lampiran.keterangan,
        creation_date=pada,
        mod_date=pada,
    )
    berkas.relationship = pikepdf.Name.Data
    pdf.attachments[lampiran.nama] = berkas
    # PDF/A-3 wants every file to belong to something: here, to the whole document.
    if "/AF" not in pdf.Root:
        pdf.Root.AF = pikepdf.Array()
    if all(satu.objgen != berkas.obj.objgen for satu in pdf.Root.AF):
        pdf.Root.AF.append(berkas.obj)


def claim_ua(pdf: pikepdf.Pdf) -> None:
    """State that the document follows PDF/UA-1, and give its table heads what that still lacks."""
    for objek in pdf.objects:
        if isinstance(objek, pikepdf.Dictionary) and objek.get("/S") == "/TH":
            _scope_kepala(objek)
    lama = pdf.Root.Metadata.read_bytes()
    depan, akhir, belakang = lama.rpartition(_AKHIR_RDF)
    pdf.Root.Metadata.write(depan + _KLAIM_UA + akhir + belakang)


def _scope_kepala(kepala: pikepdf.Dictionary) -> None:
    """Say whether it heads a column or a row: WeasyPrint does not, and merged cells need it."""
    atribut = kepala.get("/A", pikepdf.Dictionary(O=pikepdf.Name.Table))
    di_atas = kepala.P.P.S == "/THead"
    atribut.Scope = pikepdf.Name.Column if di_atas else pikepdf.Name.Row
    kepala.A = atribut
