"""Every benchmark, one after the other: `python -m benchmarks --data DIR [--format json]`."""

import sys
from collections.abc import Sequence

from levelhead.cli.benching import bench, benchmarks


def main(given: Sequence[str]) -> int:
    """Run all of them with the same options; 1 when any of them falls short."""
    short = []
    for name in benchmarks():
        print(f"== {name}", file=sys.stderr, flush=True)
        if bench(name, None, "text", list(given)):
            short.append(name)
    if short:
        print(f"Short of their bounds: {', '.join(short)}", file=sys.stderr)
    return 1 if short else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
