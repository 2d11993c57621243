"""All SQL. What was heard is kept here, and nothing that was not redacted ever reaches it.

What every turn asks is built once, at the head of its module: building a statement takes longer than asking.
"""
