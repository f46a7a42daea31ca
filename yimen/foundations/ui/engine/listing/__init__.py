"""Declared list screens (清单): columns, filters in the address bar, paging by key, export of exactly what is shown."""
