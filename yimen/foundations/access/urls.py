from django.urls import path

from yimen.foundations.access import views

app_name = "access"

urlpatterns = [
    path("sign-in", views.sign_in, name="sign_in"),
    path("sign-out", views.sign_out, name="sign_out"),
    path("password", views.password, name="password"),
    path("my/sessions", views.sessions, name="sessions"),
    path("my/sessions/<uuid:session>/end", views.end_session, name="end_session"),
]
