"""What one may be allowed to do with questions, calls and shifts; who is allowed is said by the roles."""

LOG = "hotline.log"
KEEP_ROSTER = "hotline.keep_roster"

# A call becomes a case by accepting it; the right itself belongs to the desk.
ACCEPT_CASE = "desk.accept_case"

PERMISSIONS = {
    LOG: "登记咨询和来电，值班、接班、答复",
    KEEP_ROSTER: "排值班表、换班",
}
