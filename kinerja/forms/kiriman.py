"""Reading posted figures. What they mean is judged by the rules; here they are only found."""

from __future__ import annotations

import re

from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from kinerja.models import Capaian
from kinerja.rules.isian import URAIAN, IsianBaris
from kinerja.rules.pemeriksaan import TandaBaris, read_tanda
from kinerja.selectors.teks import format_isian
from kinerja.services.isian import Kiriman

_NAMA = re.compile(
    r"(?P<ruas>realisasi|bukti|bukti_rtl|tautan|tautan_rtl|periksa|dilihat)-(?P<pk>[0-9]{1,18})"
)
_KOMPONEN = re.compile(r"komponen(?P<n>[0-9]{1,3})(?:-(?P<pk>[0-9]{1,18}))?")


def read_baris(post: QueryDict, capaian: Capaian) -> IsianBaris:
    """One autosaved row, its fields with or without the row's id behind the name.

    A field that was not sent keeps its stored value: nothing is emptied by silence.
    """
    tersimpan = format_isian(capaian.realisasi, capaian)

    def ambil(ruas: str, bila_tiada: str) -> str:
        return post.get(f"{ruas}-{capaian.pk}", post.get(ruas, bila_tiada))

    return IsianBaris(
        realisasi_teks=ambil("realisasi", tersimpan),
        penjelasan=ambil("penjelasan", capaian.penjelasan),
        versi=_read_versi(ambil("versi", "")),
        rtl=ambil("rtl", capaian.rtl),
        uraian={n: ambil(n, "") for n in URAIAN if n in post or f"{n}-{capaian.pk}" in post},
        komponen=_list_komponen(post).get(capaian.pk, {}) | _list_komponen(post).get(0, {}),
    )


def read_kiriman(post: QueryDict, files: MultiValueDict[str, UploadedFile[bytes]]) -> Kiriman:
    """The whole grid as a browser sends it without script: rows, files and links by capaian id."""
    komponen = _list_komponen(post)
    baris = {
        pk: IsianBaris(
            realisasi_teks=post.get(f"realisasi-{pk}", ""),
            penjelasan=post.get(f"penjelasan-{pk}", ""),
            versi=_read_versi(post.get(f"versi-{pk}", "")),
            rtl=post.get(f"rtl-{pk}"),
            uraian={n: post.get(f"{n}-{pk}", "") for n in URAIAN if f"{n}-{pk}" in post},
            komponen=komponen.get(pk, {}),
        )
        for pk in _list_pk(post, "realisasi")
    }
    return Kiriman(
        baris=baris,
        berkas={pk: files.getlist(f"bukti-{pk}") for pk in _list_pk(files, "bukti")},
        berkas_rtl={pk: files.getlist(f"bukti_rtl-{pk}") for pk in _list_pk(files, "bukti_rtl")},
        tautan={pk: post.get(f"tautan-{pk}", "") for pk in _list_pk(post, "tautan")},
        tautan_rtl={pk: post.get(f"tautan_rtl-{pk}", "") for pk in _list_pk(post, "tautan_rtl")},
    )


def _list_komponen(post: QueryDict) -> dict[int, dict[int, str]]:
    """Texts of parts by capaian id (0 where the name has none) and number."""
    hasil: dict[int, dict[int, str]] = {}
    for nama in post:
        if cocok := _KOMPONEN.fullmatch(nama):
            hasil.setdefault(int(cocok["pk"] or 0), {})[int(cocok["n"])] = post.get(nama, "")
    return hasil


def read_pemeriksaan(post: QueryDict) -> dict[int, TandaBaris]:
    """Verdicts by capaian id, as the page of an examiner posts them."""
    return {
        pk: read_tanda(
            post.get(f"periksa-{pk}", ""),
            post.get(f"catatan-{pk}", ""),
            sebab=post.getlist(f"sebab-{pk}"),
            versi=_read_versi(post.get(f"versi-{pk}", "")),
            penilaian=post.get(f"penilaian-{pk}", ""),
        )
        for pk in _list_pk(post, "periksa")
    }


def read_tanda_baris(post: QueryDict) -> TandaBaris:
    """The verdict on one row, as a script sends it: its fields without the row's id."""
    return read_tanda(
        post.get("periksa", ""),
        post.get("catatan", ""),
        sebab=post.getlist("sebab"),
        versi=_read_versi(post.get("versi", "")),
        penilaian=post.get("penilaian", ""),
    )


def read_dilihat(post: QueryDict) -> dict[int, int]:
    """Capaian id to the version shown, of the rows that the examiner has had before his eyes."""
    return {
        pk: _read_versi(post.get(f"versi-{pk}", ""))
        for pk in _list_pk(post, "dilihat")
        if post.get(f"dilihat-{pk}")
    }


def _list_pk(
    nama: MultiValueDict[str, str] | MultiValueDict[str, UploadedFile[bytes]], ruas: str
) -> list[int]:
    cocok = (m for m in (_NAMA.fullmatch(n) for n in nama) if m)
    return [int(m["pk"]) for m in cocok if m["ruas"] == ruas]


def _read_versi(teks: str) -> int:
    """A version that was never given out stands for a missing or garbled one."""
    return int(teks) if re.fullmatch("[0-9]{1,9}", teks) else -1
