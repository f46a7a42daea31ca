"""Places (地点): areas, estates, buildings, dwellings and service sites."""
