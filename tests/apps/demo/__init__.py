"""A package, so that pytest ends what is loaded once for its tests with the last of them."""
