"""Work that costs much, or carries much away: so often for one person, whatever the page.

By the verb in the name of a view, so that a new one is counted without being listed.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse

from sakip.common.middleware import answer_tolakan
from sakip.common.takaran import TerlaluSering, require_takaran

KATA_KERJA = (
    "add-gambar",
    "attach-",
    "cetak-",
    "download-",
    "ekspor-",
    "export-",
    "impor-",
    "import-",
    "order-",
    "print-",
    "search-",
    "unduh-",
    "upload-",
)
DETIK = 600


def is_berat(request: HttpRequest) -> bool:
    """Whether it is a file, a search or an upload that is asked for; a table as a file is one."""
    nama = request.resolver_match.url_name if request.resolver_match else None
    return (nama or "").startswith(KATA_KERJA) or "unduh" in request.GET


class BeratMiddleware:
    """Answers 429 to who asks for such work more often than anybody works."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self,
        request: HttpRequest,
        _view: Callable[..., HttpResponse],
        _args: object,
        _kwargs: object,
    ) -> HttpResponse | None:
        """None, or the refusal, as the page that asked can show it."""
        if not settings.MAKS_BERAT or not request.user.is_authenticated or not is_berat(request):
            return None
        atas = f"orang:{request.user.pk}"
        try:
            require_takaran(request, "berat", maks=settings.MAKS_BERAT, detik=DETIK, atas=atas)
        except TerlaluSering as ditolak:
            jawab = answer_tolakan(request, ditolak)
            if "application/json" in request.headers.get("Accept", ""):
                return JsonResponse({"pesan": ditolak.pesan}, status=jawab.status_code)
            return jawab
        return None
