"""The floor: what the machine does without us. A bare Django page, and the accept's statements without any page."""
