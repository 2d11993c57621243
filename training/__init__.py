"""The reproducible recipe from data to weights. torch lives here and nowhere else."""
