"""What one may be allowed to do with birth registrations; who is allowed is said by the roles."""

VIEW_CERTIFICATES = "family.view_certificates"
VIEW_REGISTRATIONS = "family.view_registrations"
WITHDRAW_REGISTRATION = "family.withdraw_registration"

# Keeping a registration belongs to handling its case; the right itself belongs to the desk.
HANDLE_CASE = "desk.handle_case"

PERMISSIONS = {
    VIEW_CERTIFICATES: "查看居民登记过的独生子女父母光荣证",
    VIEW_REGISTRATIONS: "查看居民的生育登记",
    WITHDRAW_REGISTRATION: "应本人要求删除生育登记和光荣证登记",
}
