"""Laws without tables: plain Python that every other tier may use. No Django, no clock, no reading of files."""
