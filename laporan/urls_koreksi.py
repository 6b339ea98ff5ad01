"""URLs of correcting: versions beside each other, notes, having read."""

from django.urls import path

from laporan.views import koreksi

pola_koreksi = [
    path("laporan/<int:draf_id>/banding/", koreksi.compare_naskah, name="compare-naskah"),
    path("laporan/<int:draf_id>/dibaca/", koreksi.read_versi, name="read-versi"),
    path("laporan/<int:draf_id>/catat/", koreksi.note_naskah, name="note-naskah"),
    path("catatan/<int:catatan_id>/", koreksi.answer_note, name="answer-catatan"),
]
