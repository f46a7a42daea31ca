"""Decisions about places (地点规则), from facts alone."""
