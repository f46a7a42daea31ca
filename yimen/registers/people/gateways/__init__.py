"""Outside systems beside people: the card reader on the desk."""
