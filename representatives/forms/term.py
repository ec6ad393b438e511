"""届次 as a person types it."""

from django import forms


def term_field() -> forms.IntegerField:
    """The number of a congress."""
    return forms.IntegerField(
        label="届次",
        min_value=1,
        max_value=99,
        error_messages={
            "required": "请填写届次",
            "invalid": "届次请填数字",
            "min_value": "届次至少为 1",
            "max_value": "届次最大为 99",
        },
    )
