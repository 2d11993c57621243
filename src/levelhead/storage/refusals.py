"""Why something cannot be kept, in the sentence that a person sees."""


class Refused(Exception):
    """Levelhead will not do what was asked; `str()` is one plain sentence for the person who asked."""


class CannotKeep(Refused):
    """The database could not take what was given: nothing of it was written, and what was kept before is intact."""


class Unfit(CannotKeep):
    """A value has a form that no column holds, such as half a character; no later try would keep it."""


class AlreadyOpen(Refused):
    """Another process is writing to this database; only one may."""


class NotOurs(Refused):
    """The database is missing, of another version, or of a kind that Levelhead cannot write."""


class UnknownTenant(Refused):
    """There is no tenant of this name."""


class Differs(Refused):
    """A copy does not hold what the original holds; it was thrown away or has to be made again."""
