"""The named reads of people, given the actor."""
