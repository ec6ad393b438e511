"""Ready phrases that a county offers where visits are written down."""

from django.db import models

from accounts.models import Organization
from appointments.enums import Category, PhraseField
from appointments.querysets import CountyRowQuerySet


class PhraseChip(models.Model):
    """One phrase of one county; where it has none of a category, those in `appointments.phrases` are offered."""

    county = models.ForeignKey(Organization, models.PROTECT, related_name="phrase_chips", verbose_name="县")
    field = models.CharField("用在", max_length=6, choices=PhraseField)
    category = models.CharField("类别", max_length=12, choices=Category)
    position = models.PositiveSmallIntegerField("顺序")
    text = models.CharField("常用语", max_length=40)

    objects = CountyRowQuerySet["PhraseChip"].as_manager()

    class Meta:
        verbose_name = "常用语"
        ordering = ["category", "field", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["county", "field", "category", "position"],
                name="appointments_phrase_chip_place",
                violation_error_message="这个位置已有一条常用语。",
            ),
        ]

    def __str__(self) -> str:
        return self.text
