"""How the tables came to be, one step a file. Run at every start (`database.py`), never by hand."""
