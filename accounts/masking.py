"""How names and phones are shown to those who need not know them: 张*, 138****5678."""


def mask_name(name: str) -> str:
    """The first character and a star: 张三丰 → 张*; empty stays empty."""
    return name[:1] + "*" if name else ""


def mask_phone(phone: str) -> str:
    """The first three and last four digits: 13800005678 → 138****5678; short numbers keep the last two."""
    if len(phone) < 8:
        return "*" * max(len(phone) - 2, 0) + phone[-2:]
    return f"{phone[:3]}****{phone[-4:]}"
