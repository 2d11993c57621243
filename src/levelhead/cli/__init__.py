"""The command line. `main` is what the `levelhead` command runs."""


def main() -> None:
    """Run the command that was typed, and end the process with its exit status."""
    # Imported here, so that importing the package costs nothing.
    from levelhead.cli.app import app  # noqa: PLC0415
    from levelhead.people.audit_actor import COMMAND, act_as  # noqa: PLC0415

    act_as(COMMAND)
    app()
