"""Pages of people: the search, the file and its edits, households."""
