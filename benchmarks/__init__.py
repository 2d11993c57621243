"""The public tables. Each is a command, `levelhead bench NAME --data DIR`, that exits 1 where a bound is missed."""
