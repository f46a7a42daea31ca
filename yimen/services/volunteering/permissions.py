"""What one may be allowed to do with the register of volunteers; who is allowed is said by the roles."""

VIEW_VOLUNTEERS = "volunteering.view_volunteers"
END_VOLUNTEERING = "volunteering.end_volunteering"

# Keeping a registration belongs to handling its case; the right itself belongs to the desk.
HANDLE_CASE = "desk.handle_case"

PERMISSIONS = {
    VIEW_VOLUNTEERS: "查看志愿者登记",
    END_VOLUNTEERING: "应本人要求注销志愿者登记",
}
