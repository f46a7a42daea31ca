from django.urls import path

from yimen.work.transcripts.views import cards, sheets

app_name = "transcripts"

urlpatterns = [
    path("transcripts/", cards.show_list, name="transcripts"),
    path("transcripts/sheets/", sheets.upload, name="upload"),
    path("transcripts/sheets/<uuid:sheet>/", sheets.show_sheet, name="sheet"),
    path("transcripts/sheets/<uuid:sheet>/confirm/", sheets.confirm, name="confirm"),
    path("transcripts/<uuid:transcript>/", cards.show_card, name="card"),
    path("transcripts/<uuid:transcript>/see/", cards.see, name="see"),
]
