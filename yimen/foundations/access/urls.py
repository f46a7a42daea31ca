from django.urls import path

from yimen.foundations.access.views import deputies, door, outside, passkeys, provider, second_factor

app_name = "access"

urlpatterns = [
    path("sign-in", door.sign_in, name="sign_in"),
    path("sign-in/second", door.second_step, name="second_step"),
    path("sign-in/passkey/ask", passkeys.ask, name="ask_for_passkey"),
    path("sign-in/passkey", passkeys.enter, name="sign_in_with_passkey"),
    path("sign-in/with/<slug:key>", outside.leave, name="leave_for_partner"),
    path("sign-in/back/<slug:key>", outside.come_back, name="back_from_partner"),
    path("sign-out", door.sign_out, name="sign_out"),
    path("password", door.password, name="password"),
    path(".well-known/openid-configuration", provider.discovery, name="discovery"),
    path("oidc/keys", provider.keys, name="signing_keys"),
    path("oidc/authorize", provider.authorize, name="authorize"),
    path("oidc/token", provider.token, name="token"),
    path("my/sessions", door.sessions, name="sessions"),
    path("my/sessions/end-others", door.end_other_sessions, name="end_other_sessions"),
    path("my/sessions/<uuid:session>/end", door.end_session, name="end_session"),
    path("my/second-factor", second_factor.show, name="second_factor"),
    path("my/second-factor/offer", second_factor.offer, name="offer_totp"),
    path("my/second-factor/confirm", second_factor.confirm, name="confirm_totp"),
    path("my/second-factor/codes", second_factor.renew, name="renew_codes"),
    path("my/second-factor/remove", second_factor.remove, name="remove_totp"),
    path("my/outside/<slug:key>/bind", outside.bind, name="bind_outside"),
    path("my/outside/<uuid:name>/unbind", outside.unbind, name="unbind_outside"),
    path("my/deputies", deputies.show, name="deputies"),
    path("my/deputies/<uuid:grant>/end", deputies.end, name="end_deputy"),
    path("my/passkeys/offer", passkeys.offer, name="offer_passkey"),
    path("my/passkeys/add", passkeys.add, name="add_passkey"),
    path("my/passkeys/<uuid:passkey>/name", passkeys.rename, name="rename_passkey"),
    path("my/passkeys/<uuid:passkey>/remove", passkeys.remove, name="remove_passkey"),
]
