"""Levels and states of representatives (domain.md §3)."""

from django.db import models


class Level(models.TextChoices):
    COUNTY = "COUNTY", "县党代表"
    TOWN = "TOWN", "镇党代表"
    BOTH = "BOTH", "县、镇党代表"


class Gender(models.TextChoices):
    MALE = "MALE", "男"
    FEMALE = "FEMALE", "女"


class RepresentativeStatus(models.TextChoices):
    ACTIVE = "ACTIVE", "在任"
    SUSPENDED = "SUSPENDED", "停止执行职务"
    TERMINATED = "TERMINATED", "资格终止"
