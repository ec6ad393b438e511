"""Why a roster was not drawn up or changed; the text is a sentence for the screen, and nothing was written."""


class RosterError(Exception):
    """What was asked for cannot be done; the sentence says what to do."""


class RosterConflictError(RosterError):
    """Somebody else was faster; the sentence says who did what and when."""
