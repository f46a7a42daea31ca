from django.urls import path

from yimen.work.transcripts.views import cards

app_name = "transcripts"

urlpatterns = [
    path("transcripts/", cards.show_list, name="transcripts"),
    path("transcripts/<uuid:transcript>/", cards.show_card, name="card"),
    path("transcripts/<uuid:transcript>/see/", cards.see, name="see"),
]
