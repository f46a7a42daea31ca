"""Pages of places: areas and buildings, service sites."""
