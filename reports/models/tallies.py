"""Tallies: what was counted before, so that a board need not count a million rows again (decision 0018).

They are kept on PostgreSQL alone; elsewhere the tables stay empty and everything is counted from the rows.
"""

from django.db import models


class Kind(models.TextChoices):
    """Which rows a bucket holds: those of one delegation and month."""

    CASES = "cases", "建议意见"
    GATHERINGS = "gatherings", "约见"
    VISITS = "visits", "接访"


class BucketKey(models.Model):
    """One kind of rows of one delegation in one month; plain ids, so that no mark ever waits for a lock."""

    kind = models.CharField(max_length=10, choices=Kind)
    county = models.BigIntegerField()
    delegation = models.BigIntegerField()
    month = models.DateField()

    class Meta:
        abstract = True


class Standing(BucketKey):
    """Something that is the same on every as-of day from `holds_from` until `holds_until`."""

    holds_from = models.DateField()
    holds_until = models.DateField()

    class Meta:
        abstract = True


class Touched(BucketKey):
    """A mark left by a trigger of the database: something in this bucket was written. Only ever added and removed."""

    class Meta:
        verbose_name = "待重算的统计"
        indexes = [models.Index(fields=["kind", "month"], name="reports_touched_bucket")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.delegation} {self.month:%Y-%m}"


class Bucket(Standing):
    """A bucket that has been counted, by which rules; more than once where it was not always the same."""

    rules = models.CharField(max_length=40)

    class Meta:
        verbose_name = "已统计的月份"
        indexes = [models.Index(fields=["kind", "delegation", "month"], name="reports_bucket_of")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.delegation} {self.month:%Y-%m}"


class Tally(Standing):
    """The numbers of one bucket for one value of a dimension ("": all), in the order of the source's measures."""

    source = models.CharField(max_length=12)
    dimension = models.CharField(max_length=12)
    value = models.CharField(max_length=24, null=True)  # noqa: DJ001 - nobody's rows are not those of ""
    numbers = models.JSONField()

    class Meta:
        verbose_name = "统计数字"
        indexes = [
            models.Index(fields=["source", "dimension", "county", "month"], name="reports_tally_county"),
            models.Index(fields=["kind", "delegation", "month"], name="reports_tally_bucket"),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.dimension} {self.value} {self.delegation} {self.month:%Y-%m}"
