"""The pages, their live updates and the API. Start with `app.py`; `sheet.py` says what the main page shows."""
