"""How documents work inside: what a file really is, where it lies, how a letter is put together."""
