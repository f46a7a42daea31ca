"""Pages of residents: following a case, and leaving a message."""
