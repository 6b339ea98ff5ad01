"""The posts that a data file names, before it is known whose posts they are."""

from typing import Any

import yaml


def list_jabatan_berkas(teks: str) -> set[str]:
    """Every word that stands as a post, in the columns and in the steps.

    Raises:
        yaml.YAMLError: the text is no YAML.
    """
    akar = yaml.safe_load(teks)
    hasil: set[str] = set()
    for bagian in [*akar.get("pelaksana", []), *akar.get("langkah", [])]:
        hasil |= _walk(bagian.get("pelaksana") or bagian.get("jabatan"))
    return hasil


def _walk(isi: Any) -> set[str]:  # noqa: ANN401 - whatever YAML holds
    if isinstance(isi, list):
        return {j for butir in isi for j in _walk(butir)}
    if isinstance(isi, dict):
        return _walk(isi.get("jabatan"))
    return {str(isi)}
