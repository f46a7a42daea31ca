"""The bench: an invented county of any size, the work of a day on it, and what that costs. No part of the product."""
