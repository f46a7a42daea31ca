"""Directives (督办): what somebody who answers for it wants to see done, by a day, and how it came out."""
