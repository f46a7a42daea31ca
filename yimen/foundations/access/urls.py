from django.urls import path

from yimen.foundations.access.views import deputies, door, passkeys, second_factor

app_name = "access"

urlpatterns = [
    path("sign-in", door.sign_in, name="sign_in"),
    path("sign-in/second", door.second_step, name="second_step"),
    path("sign-in/passkey/ask", passkeys.ask, name="ask_for_passkey"),
    path("sign-in/passkey", passkeys.enter, name="sign_in_with_passkey"),
    path("sign-out", door.sign_out, name="sign_out"),
    path("password", door.password, name="password"),
    path("my/sessions", door.sessions, name="sessions"),
    path("my/sessions/end-others", door.end_other_sessions, name="end_other_sessions"),
    path("my/sessions/<uuid:session>/end", door.end_session, name="end_session"),
    path("my/second-factor", second_factor.show, name="second_factor"),
    path("my/second-factor/offer", second_factor.offer, name="offer_totp"),
    path("my/second-factor/confirm", second_factor.confirm, name="confirm_totp"),
    path("my/second-factor/codes", second_factor.renew, name="renew_codes"),
    path("my/second-factor/remove", second_factor.remove, name="remove_totp"),
    path("my/deputies", deputies.show, name="deputies"),
    path("my/deputies/<uuid:grant>/end", deputies.end, name="end_deputy"),
    path("my/passkeys/offer", passkeys.offer, name="offer_passkey"),
    path("my/passkeys/add", passkeys.add, name="add_passkey"),
    path("my/passkeys/<uuid:passkey>/name", passkeys.rename, name="rename_passkey"),
    path("my/passkeys/<uuid:passkey>/remove", passkeys.remove, name="remove_passkey"),
]
