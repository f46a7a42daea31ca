"""How messages work inside: what the definition of telling says."""
