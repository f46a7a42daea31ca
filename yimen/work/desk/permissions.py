"""Permissions of the desk."""

ACCEPT_CASE = "desk.accept_case"
HANDLE_CASE = "desk.handle_case"
DECIDE_CASE = "desk.decide_case"
ARCHIVE_CASE = "desk.archive_case"
VIEW_CASES = "desk.view_cases"
VIEW_RATINGS = "desk.view_ratings"
VIEW_TRIPS = "desk.view_trips"
ENTER_PAPER_RATING = "desk.enter_paper_rating"
CHECK_WORK = "desk.check_work"
ANSWER_SHARE = "desk.answer_share"
DELEGATE = "desk.delegate_matter"
EXTEND_CASE = "desk.extend_case"

# Who works on a case in one of these ways opens it, and its papers.
OPENS = (ACCEPT_CASE, HANDLE_CASE, DECIDE_CASE, ARCHIVE_CASE, CHECK_WORK)

PERMISSIONS = {
    ACCEPT_CASE: "受理办件",
    HANDLE_CASE: "办理、移交、送达办件",
    DECIDE_CASE: "作出决定",
    ARCHIVE_CASE: "归档",
    VIEW_CASES: "查看办件",
    VIEW_RATINGS: "查看评价统计",
    VIEW_TRIPS: "查看跑动与路程的合计",
    ENTER_PAPER_RATING: "录入纸质评价卡",
    CHECK_WORK: "抽查即办件、回应差评",
    ANSWER_SHARE: "查看和答复协办",
    EXTEND_CASE: "登记延期",
    DELEGATE: "把街道的事项下放到社区、续期和收回",
}
