"""What a benchmark is asked on the command line."""

import argparse
from collections.abc import Sequence
from pathlib import Path


def parser(name: str, about: str | None, *, needs_data: bool = False) -> argparse.ArgumentParser:
    """`--data DIR` and `--format`, as every benchmark takes them; those of the shipped sets can do without DIR."""
    ask = argparse.ArgumentParser(
        prog=f"levelhead bench {name}", description=about, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    ask.add_argument("--data", type=Path, required=needs_data, help="folder that holds corpus/ and data/")
    ask.add_argument("--format", choices=("text", "json"), default="text")
    return ask


def asked(name: str, about: str | None, argv: Sequence[str] | None) -> argparse.Namespace:
    """The options of a benchmark that takes no others."""
    return parser(name, about).parse_args(argv)
