"""Who the signed-in person acts as, on every request."""

from collections.abc import Callable
from typing import cast

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from organisasi import perms
from organisasi.models import Instansi, Pengguna, Penugasan
from organisasi.selectors import list_penugasan_for
from organisasi.sesi.catatan import touch_sesi
from sakip.common.catatan import note_pengguna
from sakip.common.errors import AksesDitolak
from sakip.common.isian import keep_isian
from sakip.common.masuk_ulang import has_faktor

KUNCI_SESI = "penugasan"


class Pelaku:
    """The person of this request and the mandates held now. Costs one query, when first asked."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request
        self.pengguna = cast("Pengguna", request.user)

    @cached_property
    def semua(self) -> list[Penugasan]:
        """Every mandate in force."""
        return list_penugasan_for(self.pengguna, pada=timezone.now())

    @cached_property
    def utama(self) -> Penugasan | None:
        """The mandate in use: the one chosen in this session while it lasts, else the own post."""
        dipilih = self._request.session.get(KUNCI_SESI)
        return next((p for p in self.semua if p.pk == dipilih), next(iter(self.semua), None))

    @property
    def instansi(self) -> Instansi:
        """The office acted for.

        Raises:
            AksesDitolak: the person holds no post now.
        """
        if self.utama is None:
            raise AksesDitolak(
                "Anda belum memegang jabatan yang berlaku hari ini. "
                "Hubungi pengelola akun instansi."
            )
        return self.utama.jabatan.instansi


def get_pelaku(request: HttpRequest) -> Pelaku:
    """The `Pelaku` that the middleware put on the request."""
    return cast("Pelaku", request.pelaku)  # type: ignore[attr-defined]  # set by PenugasanMiddleware


class PenugasanMiddleware:
    """Puts a `Pelaku` on requests of a signed-in person; times show in the zone of the office."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated:
            return self.get_response(request)
        note_pengguna(request.user.pk)
        pelaku = Pelaku(request)
        request.pelaku = pelaku  # type: ignore[attr-defined]
        touch_sesi(request, timezone.now())
        zona = pelaku.utama.jabatan.instansi.zona_waktu if pelaku.utama else None
        with timezone.override(zona):
            return self.get_response(request)


class FaktorWajibMiddleware:
    """Leads who needs a second factor and has none to put one on, before anything else.

    What the session and the mandates already say is enough: it asks the database nothing.
    """

    BOLEH = frozenset(
        f"organisasi:{nama}"
        for nama in (
            "view-faktor",
            "add-faktor",
            "add-kunci-sandi",
            "confirm-sandi",
            "sign-out",
            "start-sso",
            "finish-sso",
        )
    )

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., HttpResponse],
        _args: object,
        _kwargs: object,
    ) -> HttpResponse | None:
        """None, or the way to the page where it is put on; typed text waits until then."""
        if not settings.MFA_WAJIB or not request.user.is_authenticated or has_faktor(request):
            return None
        nama = request.resolver_match.view_name if request.resolver_match else ""
        pelaku = get_pelaku(request)
        if nama in self.BOLEH or not perms.needs_faktor(pelaku.pengguna, pelaku.semua):
            return None
        if request.method == "POST" and keep_isian(request):
            messages.warning(request, _("Isian Anda disimpan dan tampil lagi sesudah ini."))
        return redirect("organisasi:view-faktor")
