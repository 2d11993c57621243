"""A reading becomes at most one card, the state of the six steps, and checks of a draft."""
