from django.urls import path

from yimen.services.archive.views import boxes, files, handover

app_name = "archive"

urlpatterns = [
    path("archive/lists/", handover.show_lists, name="lists"),
    path("archive/lists/make/", handover.make, name="make"),
    path("archive/lists/<uuid:handover>/", handover.show_list, name="list"),
    path("archive/lists/<uuid:handover>/sheet/", handover.print_sheet, name="sheet"),
    path("archive/lists/<uuid:handover>/send/", handover.send, name="send"),
    path("archive/lists/<uuid:handover>/rest/", handover.tick_rest, name="rest"),
    path("archive/lists/<uuid:handover>/sign/", handover.sign, name="sign"),
    path("archive/lists/<uuid:handover>/<uuid:item>/", handover.tick, name="tick"),
    path("archive/differences/", handover.show_differences, name="differences"),
    path("archive/differences/<uuid:item>/", handover.show_difference, name="difference"),
    path("archive/files/", files.show_files, name="files"),
    path("archive/review/", files.show_review, name="review"),
    path("archive/files/<uuid:file>/", files.show_file, name="file"),
    path("archive/files/<uuid:file>/lend/", files.lend, name="lend"),
    path("archive/files/<uuid:file>/return/", files.give_back, name="give_back"),
    path("archive/loans/", files.show_loans, name="loans"),
    path("archive/boxes/", boxes.show_boxes, name="boxes"),
    path("archive/boxes/new/", boxes.new_box, name="new_box"),
    path("archive/boxes/fill/", boxes.fill, name="fill"),
    path("archive/boxes/<uuid:box>/", boxes.show_box, name="box"),
]
