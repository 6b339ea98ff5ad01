"""Form of the sign-in page."""

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.utils.translation import gettext_lazy as _


class MasukForm(AuthenticationForm):
    """Sign-in by NIP or e-mail address."""

    error_messages = {
        "invalid_login": _(
            "NIP/surel atau kata sandi tidak cocok. Periksa kembali, lalu coba lagi."
        ),
        "inactive": _("Akun ini tidak aktif. Hubungi pengelola akun instansi."),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"] = forms.CharField(
            label=_("NIP atau surel"),
            max_length=254,
            widget=forms.TextInput(
                attrs={"autocomplete": "username", "autofocus": True, "class": "isian"}
            ),
        )
        self.fields["password"].label = _("Kata sandi")
        self.fields["password"].widget.attrs.update(
            {"autocomplete": "current-password", "class": "isian"}
        )
