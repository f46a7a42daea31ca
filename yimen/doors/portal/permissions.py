"""The door asks nothing of its own; what somebody may do with her own file belongs to people and consents."""

ON_ONES_OWN_FILE = frozenset(
    {"people.find", "people.serve_rights", "people.view_file", "consents.view", "consents.keep"}
)

PERMISSIONS: dict[str, str] = {}
