"""What the benchmarks of the shipped sets are asked on the command line."""

import argparse
from collections.abc import Sequence
from pathlib import Path


def parser(name: str, about: str | None) -> argparse.ArgumentParser:
    """`--data DIR` and `--format`, as every benchmark takes them; the shipped sets need no DIR."""
    ask = argparse.ArgumentParser(
        prog=f"levelhead bench {name}", description=about, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    ask.add_argument("--data", type=Path, default=None, help="folder that holds corpus/ and data/")
    ask.add_argument("--format", choices=("text", "json"), default="text")
    return ask


def asked(name: str, about: str | None, argv: Sequence[str] | None) -> argparse.Namespace:
    """The options of a benchmark that takes no others."""
    return parser(name, about).parse_args(argv)
