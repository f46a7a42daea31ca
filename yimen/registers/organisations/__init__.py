"""Organisations (单位): offices, committees and firms, their posts and who holds them."""
