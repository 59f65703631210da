"""Getting in and out, and one's own account."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account.views import LoginView, LogoutView
from allauth.core.ratelimit import consume
from django.contrib import messages
from django.contrib.auth import login, update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from chibo.access.actions import claim_account, prefer, set_password
from chibo.access.actor import Actor
from chibo.access.forms import AppearanceForm, ClaimForm, LanguageForm, LogInForm, PasswordForm
from chibo.access.selectors import office_exists, posts_of
from chibo.core.http import page, submit

if TYPE_CHECKING:
    from chibo.access.request import Request

_enter = LoginView.as_view(template_name="access/login.html", form_class=LogInForm)
_leave = LogoutView.as_view(template_name="access/logout.html")


@login_not_required
def log_in(request: HttpRequest) -> HttpResponse:
    """The door; on a new installation it leads to the first set-up."""
    if not office_exists():
        return redirect("opening:setup")
    response: HttpResponse = _enter(request)
    return response


@login_not_required
def log_out(request: HttpRequest) -> HttpResponse:
    response: HttpResponse = _leave(request)
    return response


@login_not_required
@never_cache
@sensitive_post_parameters("code", "password", "again")
def claim(request: Request) -> HttpResponse:
    """The holder of a slip sets the first password and is in. Guessing codes is slowed down."""
    if request.method == "POST" and not consume(request, action="claim", dry_run=True):
        return too_many(request)
    form = ClaimForm(_sent(request), initial={"code": request.GET.get("code", "")[:60]})
    if form.is_valid() and form.slip:
        holder = form.slip.user
        user = submit(form, claim_account, holder, actor=Actor(holder))
        if user is not None:
            login(request, user, "django.contrib.auth.backends.ModelBackend")
            messages.success(
                request, _("Đã đặt mật khẩu. Lần sau đăng nhập bằng tên %(name)s.") % {"name": user.username}
            )
            return redirect("desk:home")
    if form.has_error("code"):
        consume(request, action="claim")
    return page(request, "access/claim.html", {"form": form}, status=422 if form.errors else 200)


@login_not_required
def too_many(request: HttpRequest) -> HttpResponse:
    return page(request, "access/too_many.html", {}, status=429)


def account(request: Request) -> HttpResponse:
    """Who I am here, the posts I hold, how I like the pages."""
    return _account(request, PasswordForm(user=request.user))


@require_POST
@sensitive_post_parameters("present", "password", "again")
def password(request: Request) -> HttpResponse:
    """Change my password; I stay in, every other session of mine ends."""
    if not consume(request, action="change_password", user=request.user):
        return too_many(request)
    form = PasswordForm(request.POST, user=request.user)
    user = submit(form, set_password, request.actor.user, actor=request.actor)
    if user is None:
        return _account(request, form, status=422)
    update_session_auth_hash(request, user)
    messages.success(request, _("Đã đổi mật khẩu."))
    return redirect("access:account")


@require_POST
def appearance(request: Request) -> HttpResponse:
    """Large type on or off, light or dark, from any page; back to that page."""
    submit(AppearanceForm(request.POST), prefer, request.actor.user, actor=request.actor)
    return redirect(_back(request))


@login_not_required
@require_POST
def language(request: Request) -> HttpResponse:
    """Vietnamese or English: kept with the account, or in a cookie before log-in."""
    form = LanguageForm(request.POST)
    response = redirect(_back(request))
    if request.user.is_authenticated:
        submit(form, prefer, request.actor.user, actor=request.actor)
    elif form.is_valid():
        response.set_cookie(
            "language", form.cleaned_data["language"], max_age=365 * 86400, httponly=True, samesite="Lax"
        )
    return response


def _account(request: Request, form: PasswordForm, status: int = 200) -> HttpResponse:
    context = {"form": form, "posts": posts_of(request.actor.user)}
    return page(request, "access/account.html", context, status=status)


def _back(request: HttpRequest) -> str:
    """The page the form was on, if it is one of ours."""
    wanted = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if ours else "/"


def _sent(request: HttpRequest) -> QueryDict | None:
    """What was posted; None where the page is only opened."""
    return request.POST if request.method == "POST" else None
