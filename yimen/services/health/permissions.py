"""What one may be allowed to do with family-doctor contracts; who is allowed is said by the roles."""

SIGN_CONTRACT = "health.sign_contract"
VIEW_CONTRACTS = "health.view_contracts"

# Whoever opens a resident's file meets the neutral card; the right itself belongs to people.
VIEW_FILE = "people.view_file"

PERMISSIONS = {
    SIGN_CONTRACT: "办理家庭医生签约、解约，记下不愿签约",
    VIEW_CONTRACTS: "查看居民的家庭医生签约",
}
