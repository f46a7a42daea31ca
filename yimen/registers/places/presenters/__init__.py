"""What the pages of places show, one module for each of their ideas."""
