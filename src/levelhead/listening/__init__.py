"""A turn becomes a Reading: pure, deterministic, time and weights come in as arguments."""
