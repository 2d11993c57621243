"""All SQL. What was heard is kept here, and nothing that was not redacted ever reaches it."""
