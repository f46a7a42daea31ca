"""People (人口): residents, where they live and are registered, households, and the one search box."""
