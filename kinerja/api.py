"""The read-only interface for LPPD, LKPJ and data portals: one key reads one office."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from ninja import NinjaAPI, Query, Schema
from ninja.errors import AuthenticationError, ValidationError
from ninja.security import HttpBearer
from ninja.throttling import AuthRateThrottle

from kinerja.selectors.dataset import (
    BarisCapaian,
    BarisIndikator,
    list_capaian_terbuka,
    list_indikator,
    list_tahun_terbuka,
)
from organisasi.models import KunciApi
from organisasi.services.kunci_api import find_kunci


class Kunci(HttpBearer):
    """The key of an office in the header `Authorization: Bearer …`."""

    def authenticate(self, _request: HttpRequest, token: str) -> KunciApi | None:
        """The key, or None, which answers 401."""
        return find_kunci(token, now=timezone.now())


class InstansiKeluar(Schema):
    """The office of the key, and the years that have verified figures."""

    kode: str
    nama: str
    pemerintah: str
    tahun: list[int]


api = NinjaAPI(
    title="SAKIP",
    version="1",
    description="Capaian terverifikasi, hanya untuk dibaca; satu kunci membaca satu instansi.",
    docs_url=None,
    openapi_url="openapi.json",
    auth=Kunci(),
    throttle=[AuthRateThrottle("120/m")],
    urls_namespace="kinerja_api",
)


def _kunci(request: HttpRequest) -> KunciApi:
    return request.auth  # type: ignore[attr-defined,no-any-return]  # set by Kunci


@api.get("instansi", response=InstansiKeluar, url_name="instansi", summary="Instansi kunci ini")
def get_instansi(request: HttpRequest) -> dict[str, Any]:
    """The office of the key."""
    instansi = _kunci(request).instansi
    return {
        "kode": instansi.kode,
        "nama": instansi.nama,
        "pemerintah": instansi.pemerintah,
        "tahun": list_tahun_terbuka(instansi),
    }


@api.get(
    "indikator",
    response=list[BarisIndikator],
    url_name="indikator",
    summary="Daftar indikator dengan metadatanya",
)
def get_indikator(
    request: HttpRequest, label: Annotated[str, Query(max_length=30)] = ""
) -> list[BarisIndikator]:
    """Every indikator of the office, or those that carry the label."""
    return list_indikator(_kunci(request).instansi, label=label)


@api.get(
    "capaian",
    response=list[BarisCapaian],
    url_name="capaian",
    summary="Capaian terverifikasi satu tahun atau satu triwulan",
)
def get_capaian(
    request: HttpRequest,
    tahun: Annotated[int, Query(ge=2000, le=2100)],
    triwulan: Annotated[int | None, Query(ge=1, le=4)] = None,
    label: Annotated[str, Query(max_length=30)] = "",
) -> list[BarisCapaian]:
    """Verified figures, of every indikator or of those that carry the label."""
    return list(list_capaian_terbuka(_kunci(request).instansi, tahun, triwulan, label=label))


@api.exception_handler(AuthenticationError)
def refuse_kunci(request: HttpRequest, _galat: Exception) -> HttpResponse:
    """No key, a wrong one, or one that has ended."""
    pesan = "Kunci API tidak ada, tidak dikenal, atau tidak berlaku lagi."
    return api.create_response(request, {"pesan": pesan}, status=401)


@api.exception_handler(ValidationError)
def refuse_tanya(request: HttpRequest, galat: ValidationError) -> HttpResponse:
    """A parameter that cannot be read, by name."""
    nama = sorted({str(e["loc"][-1]) for e in galat.errors})
    pesan = f"Parameter tidak terbaca: {', '.join(nama)}. Lihat openapi.json."
    return api.create_response(request, {"pesan": pesan}, status=422)


def _speak_json(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The view, whose refusal of a method is JSON as well."""

    @csrf_exempt
    @wraps(view)
    def jawab(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        hasil = view(request, *args, **kwargs)
        if hasil.status_code != HTTPStatus.METHOD_NOT_ALLOWED:
            return hasil
        pesan = "Alamat ini hanya dibaca: pakai GET."
        boleh = {"Allow": hasil.get("Allow", "GET")}
        return JsonResponse({"pesan": pesan}, status=hasil.status_code, headers=boleh)

    return jawab


@csrf_exempt
def refuse_alamat(request: HttpRequest, sisa: str) -> HttpResponse:
    """An address that is none of the interface's."""
    pesan = "Alamat ini tidak ada. Daftar alamat yang ada tertulis dalam openapi.json."
    return JsonResponse({"pesan": pesan}, status=HTTPStatus.NOT_FOUND)


def list_alamat() -> list[URLPattern]:
    """Its addresses. They ask for a key instead of a session, so the sign-in page stays out."""
    alamat = [p for p in api.urls[0] if isinstance(p, URLPattern)]
    alamat.append(path("<path:sisa>", refuse_alamat, name="tidak-ada"))
    for butir in alamat:
        butir.callback = _speak_json(butir.callback)
        butir.callback.login_required = False  # type: ignore[attr-defined]  # read by LoginRequiredMiddleware
    return alamat
