"""One module per outside form: bytes to turns, readings to bytes, and nothing else."""
