"""Studios with their equipment and liaisons, and the space each kind must have (domain.md §2)."""

from django.db import models
from django.urls import reverse
from simple_history.models import HistoricalRecords

from accounts.dated import DatedQuerySet
from accounts.models import Organization, User
from accounts.pinyin import SearchKeyField
from studios.enums import DUTY_ENDS, DUTY_STARTS, EquipmentCondition, StudioKind, StudioStatus, Weekday
from studios.querysets import EquipmentQuerySet, StudioQuerySet, StudioRowQuerySet
from uploads.models import Upload


class Studio(models.Model):
    """A place where people meet representatives."""

    county = models.ForeignKey(Organization, models.PROTECT, related_name="county_studios", verbose_name="县")
    delegation = models.ForeignKey(Organization, models.PROTECT, related_name="studios", verbose_name="代表队")
    code = models.CharField("编号", max_length=20)
    name = models.CharField("名称", max_length=60)
    kind = models.CharField("类别", max_length=10, choices=StudioKind)
    status = models.CharField("状态", max_length=10, choices=StudioStatus, default=StudioStatus.ACTIVE)
    village = models.CharField("村（社区）", max_length=40, blank=True)
    address = models.CharField("地址", max_length=120, blank=True)
    area = models.DecimalField("面积（平方米）", max_digits=6, decimal_places=1, null=True, blank=True)
    shared_with = models.CharField("联建共用", max_length=40, blank=True)
    phone = models.CharField("电话", max_length=20, blank=True)
    plaque_on = models.DateField("挂牌日期", null=True, blank=True)
    plaque_photo = models.ForeignKey(
        Upload, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="挂牌照片"
    )
    personal_statement = models.CharField("个人感言", max_length=300, blank=True)
    service_promise = models.CharField("服务承诺", max_length=300, blank=True)
    liaisons = models.ManyToManyField(User, blank=True, related_name="studios", verbose_name="联络员")

    search_key = SearchKeyField("name", "village")

    objects = StudioQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["search_key"], m2m_fields=[liaisons])

    class Meta:
        verbose_name = "工作室"
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(
                fields=["county", "code"],
                name="studios_studio_code_in_county",
                violation_error_message="本县已有使用这个编号的工作室，请换一个编号。",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("studios:detail", args=[self.pk])


class StudioStandard(models.Model):
    """What a county asks of its studios from a day on; the source's numbers where it has set none."""

    county = models.ForeignKey(Organization, models.PROTECT, related_name="studio_standards", verbose_name="县")
    effective_from = models.DateField("生效日期")
    county_min_area = models.DecimalField("县工作室最小面积", max_digits=5, decimal_places=1, default=20)
    town_min_area = models.DecimalField("镇工作室最小面积", max_digits=5, decimal_places=1, default=16)
    rectification_days = models.PositiveSmallIntegerField("整改期限（天）", default=15)
    duty_weekday = models.PositiveSmallIntegerField("值班日", choices=Weekday, default=Weekday.SATURDAY)
    duty_starts_at = models.TimeField("值班开始", default=DUTY_STARTS)
    duty_ends_at = models.TimeField("值班结束", default=DUTY_ENDS)

    objects = DatedQuerySet["StudioStandard"].as_manager()

    class Meta:
        verbose_name = "工作室标准"
        constraints = [
            models.UniqueConstraint(
                fields=["county", "effective_from"],
                name="studios_standard_once_a_day",
                violation_error_message="这一天已有一套标准。",
            ),
            models.CheckConstraint(
                condition=models.Q(duty_ends_at__gt=models.F("duty_starts_at")),
                name="studios_standard_duty_ends_after_start",
                violation_error_message="值班的结束时间要晚于开始时间。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.county} {self.effective_from}"

    @property
    def duty_words(self) -> str:
        """When the studios of the county are open: 每周六 09:00—11:30."""
        return f"每{Weekday(self.duty_weekday).label} {self.duty_starts_at:%H:%M}—{self.duty_ends_at:%H:%M}"


class Equipment(models.Model):
    """Something that stands in a studio (设备): what, how many, in which condition."""

    studio = models.ForeignKey(Studio, models.CASCADE, related_name="equipment")
    name = models.CharField("名称", max_length=30)
    quantity = models.PositiveSmallIntegerField("数量", default=1)
    condition = models.CharField("状况", max_length=8, choices=EquipmentCondition, default=EquipmentCondition.GOOD)

    objects = EquipmentQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = "设备"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["studio", "name"],
                name="studios_equipment_once",
                violation_error_message="这种设备已经登记，请改它的数量。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.quantity}"


class StudioStatusChange(models.Model):
    """A studio was prepared, opened or closed: when, why, by whom."""

    studio = models.ForeignKey(Studio, models.CASCADE, related_name="status_changes")
    from_status = models.CharField("原状态", max_length=10, choices=StudioStatus)
    to_status = models.CharField("新状态", max_length=10, choices=StudioStatus)
    on = models.DateField("日期")
    reason = models.CharField("原因", max_length=200)
    actor = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="操作人")
    at = models.DateTimeField("登记时间")

    objects = StudioRowQuerySet["StudioStatusChange"].as_manager()

    class Meta:
        verbose_name = "状态变更"
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.get_from_status_display()} → {self.get_to_status_display()}"
