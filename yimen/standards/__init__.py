"""National norms as pure functions, one module per norm, each citing its source."""
