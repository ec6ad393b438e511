"""How rates are printed."""

from decimal import Decimal

from django import template

from studios.rates import percent_words

register = template.Library()


@register.filter
def percent(rate: Decimal | None) -> str:
    """77.07% or —."""
    return percent_words(rate)
