"""Pages of approvals."""
