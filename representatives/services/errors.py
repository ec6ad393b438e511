"""How services refuse."""


class RegisterError(Exception):
    """A change of the register that is refused; the message is a sentence, `field` what it is about ("" for all)."""

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.field = field
