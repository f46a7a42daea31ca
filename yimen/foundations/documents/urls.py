from django.urls import path

from yimen.foundations.documents import views

app_name = "documents"

urlpatterns = [
    path("documents/<uuid:file>/", views.download_file, name="file"),
    path("documents/letters/<uuid:letter>/", views.show_letter, name="letter"),
    path("documents/letters/<uuid:letter>/word", views.download_word, name="word"),
    path("documents/letters/<uuid:letter>/sealed", views.seal, name="seal"),
    path("documents/letters/<uuid:letter>/void", views.void, name="void"),
]
