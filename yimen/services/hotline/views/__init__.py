"""Pages of questions, calls and duty, one file per noun."""
