from django.urls import path

from yimen.foundations.ui import views

app_name = "ui"

urlpatterns = [
    path("ui/text-size", views.text_size, name="text-size"),
    path("ui/keys", views.keys, name="keys"),
    path("ui/gallery", views.gallery, name="gallery"),
    path("ui/gallery/list", views.sample_list, name="sample-list"),
]
