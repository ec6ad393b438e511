"""Party representatives (domain.md §3)."""

from django.db import models
from django.urls import reverse
from simple_history.models import HistoricalRecords

from accounts.models import Organization, User
from accounts.pinyin import SearchKeyField
from representatives.enums import Gender, Level, RepresentativeStatus
from representatives.querysets import PersonRowQuerySet, RepresentativeQuerySet
from studios.models import Studio
from uploads.models import Upload


class Representative(models.Model):
    """One person elected to the party congress of the county, of a town, or of both.

    A duplicate that was merged stays as a row that points to the one that goes on (`merged_into`).
    """

    county = models.ForeignKey(Organization, models.PROTECT, related_name="county_representatives", verbose_name="县")
    delegation = models.ForeignKey(Organization, models.PROTECT, related_name="representatives", verbose_name="代表队")
    user = models.OneToOneField(
        User, models.SET_NULL, null=True, blank=True, related_name="representative", verbose_name="账号"
    )
    studios = models.ManyToManyField(Studio, related_name="representatives", verbose_name="工作室")
    name = models.CharField("姓名", max_length=30)
    gender = models.CharField("性别", max_length=6, choices=Gender)
    birth_date = models.DateField("出生日期", null=True, blank=True)
    ethnic_group = models.CharField("民族", max_length=20, default="汉族")
    certificate_no = models.CharField("代表证号", max_length=24)
    term = models.PositiveSmallIntegerField("届次")
    level = models.CharField("层级", max_length=6, choices=Level)
    electing_unit = models.CharField("选举单位", max_length=60, blank=True)
    position = models.CharField("职务", max_length=60, blank=True)
    phone = models.CharField("电话", max_length=20, blank=True)
    photo = models.ForeignKey(Upload, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="照片")
    bio = models.TextField("个人简历", max_length=2000, blank=True)
    public_bio = models.CharField("公开简介", max_length=300, blank=True)
    owned_studio = models.OneToOneField(
        Studio, models.SET_NULL, null=True, blank=True, related_name="owner", verbose_name="个人工作室"
    )
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="duplicates", verbose_name="已并入"
    )
    status = models.CharField("状态", max_length=10, choices=RepresentativeStatus, default=RepresentativeStatus.ACTIVE)
    status_reason = models.CharField("状态原因", max_length=200, blank=True)
    status_on = models.DateField("状态日期", null=True, blank=True)

    search_key = SearchKeyField("name")

    objects = RepresentativeQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["search_key"], m2m_fields=[studios])

    class Meta:
        verbose_name = "党代表"
        ordering = ["certificate_no"]
        constraints = [
            models.UniqueConstraint(
                fields=["county", "certificate_no"],
                name="representatives_representative_certificate",
                violation_error_message="本县已有使用这个代表证号的党代表。",
            ),
            models.CheckConstraint(
                condition=models.Q(status=RepresentativeStatus.ACTIVE)
                | (models.Q(status_on__isnull=False) & ~models.Q(status_reason="")),
                name="representatives_representative_status_explained",
                violation_error_message="停止执行职务或资格终止要写明原因和日期。",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("representatives:detail", args=[self.pk])

    @property
    def is_active(self) -> bool:
        return self.status == RepresentativeStatus.ACTIVE

    @property
    def status_words(self) -> str:
        """The status as people say it; a duplicate did not lose an office, it was merged."""
        return "已并入另一条记录" if self.merged_into_id else self.get_status_display()


class Mandate(models.Model):
    """One term (届次) somebody was elected for: level, electing unit, from when to when."""

    representative = models.ForeignKey(Representative, models.CASCADE, related_name="mandates")
    term = models.PositiveSmallIntegerField("届次")
    level = models.CharField("层级", max_length=6, choices=Level)
    electing_unit = models.CharField("选举单位", max_length=60, blank=True)
    starts_on = models.DateField("起", null=True, blank=True)
    ends_on = models.DateField("止", null=True, blank=True)

    objects = PersonRowQuerySet["Mandate"].as_manager()

    class Meta:
        verbose_name = "任期"
        ordering = ["-term", "level"]
        constraints = [
            models.UniqueConstraint(
                fields=["representative", "term", "level"],
                name="representatives_mandate_once",
                violation_error_message="这一届的任期已经登记。",
            ),
            models.CheckConstraint(
                condition=models.Q(starts_on=None)
                | models.Q(ends_on=None)
                | models.Q(ends_on__gt=models.F("starts_on")),
                name="representatives_mandate_ends_after_start",
                violation_error_message="任期的截止日期要晚于开始日期。",
            ),
        ]

    def __str__(self) -> str:
        return f"第 {self.term} 届 {self.get_level_display()}"


class StatusChange(models.Model):
    """A representative was suspended, terminated or reinstated: from when, why, by whom."""

    representative = models.ForeignKey(Representative, models.CASCADE, related_name="status_changes")
    from_status = models.CharField("原状态", max_length=10, choices=RepresentativeStatus)
    to_status = models.CharField("新状态", max_length=10, choices=RepresentativeStatus)
    on = models.DateField("日期")
    reason = models.CharField("原因", max_length=200)
    actor = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="操作人")
    at = models.DateTimeField("登记时间")

    objects = PersonRowQuerySet["StatusChange"].as_manager()

    class Meta:
        verbose_name = "状态变更"
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.get_from_status_display()} → {self.get_to_status_display()}"


class Merge(models.Model):
    """Two records were one person: what moved to the one that goes on, when, why, by whom."""

    kept = models.ForeignKey(Representative, models.PROTECT, related_name="merges")
    duplicate = models.OneToOneField(Representative, models.PROTECT, related_name="merge")
    moved = models.JSONField("移过去的记录", help_text="按种类的件数")
    reason = models.CharField("原因", max_length=200)
    actor = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="操作人")
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = "合并"
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.duplicate} → {self.kept}"
