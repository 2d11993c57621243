"""What outlives a conversation: promises, remedies, boundaries, hand-overs, notes, follow-ups, complaints. Pure."""
