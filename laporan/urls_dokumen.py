"""URLs of the document: signing, progress, the PDF, and the public page behind the QR."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from laporan.views import berkas_word, dokumen, pekerjaan, publik


class KodeConverter(StringConverter):
    """Code of a document as the QR carries it, or as somebody typed it, wrong ones too."""

    regex = r"[^/\x00-\x1f]{1,64}"


register_converter(KodeConverter, "kode")

pola_dokumen = [
    path("tugas/<int:tugas_id>/tanda-tangan/", dokumen.sign_tugas, name="sign-tugas"),
    path("tugas/<int:tugas_id>/tanda-terima/", dokumen.view_tanda_terima, name="view-tanda-terima"),
    path("laporan/<int:draf_id>/pdf/", dokumen.download_dokumen, name="download-dokumen"),
    path("laporan/<int:draf_id>/pdf/baca/", dokumen.read_dokumen, name="read-dokumen"),
    path("laporan/<int:draf_id>/word/", berkas_word.view_word, name="view-word"),
    path("laporan/<int:draf_id>/word/unduh/", berkas_word.download_word, name="download-word"),
    path(
        "laporan/<int:draf_id>/surat/<int:dokumen_id>/pdf/",
        dokumen.download_dokumen,
        name="download-surat",
    ),
    path(
        "laporan/<int:draf_id>/surat/<int:dokumen_id>/pdf/baca/",
        dokumen.read_dokumen,
        name="read-surat",
    ),
    path("pekerjaan/", pekerjaan.list_pekerjaan, name="list-pekerjaan"),
    path("pekerjaan/<int:efek_id>/", pekerjaan.view_pekerjaan, name="view-pekerjaan"),
    path("efek/<int:efek_id>/", dokumen.view_efek, name="view-efek"),
    path("efek/<int:efek_id>/hasil/", dokumen.settle_efek, name="settle-efek"),
    path("efek/<int:efek_id>/ulangi/", dokumen.retry_efek, name="retry-efek"),
    path("v/", publik.check_berkas, name="check-berkas"),
    path("v/<kode:token>/", publik.verify, name="verify"),
]
