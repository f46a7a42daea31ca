"""What one may be allowed to do with consents; who is allowed is said by the roles."""

VIEW = "consents.view"
KEEP = "consents.keep"

# Finding somebody and opening her file belong to people.
FIND = "people.find"
OPEN_FILE = "people.view_file"

PERMISSIONS = {
    VIEW: "看到居民同意了哪些用途、有没有撤回",
    KEEP: "登记居民的同意和撤回",
}
