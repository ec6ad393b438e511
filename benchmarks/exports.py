"""Taking 100,000 rows away: as a workbook beside the same rows as CSV, ready rows and rows of the database.

Ready rows are written by a process of its own each time, so that its peak memory is its own; there, seconds are
those of the processor, which other work on the machine lengthens least.
"""

import csv
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import islice
from tempfile import NamedTemporaryFile

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.http import QueryDict

from accounts.models import User
from reports.listings import export_named
from sheets.cells import Cell
from sheets.writer import write_listing

ROWS, COLUMNS, TIMES = 100_000, 25, 3
WANTED, MEGABYTES = 3, 60
HEADS = [(f"第{place}列", 12) for place in range(1, COLUMNS + 1)]
FIRST = date(2024, 1, 1)


def measure_exports() -> None:
    """Needs the demonstration county; prints seconds, ratios and memory, asserts nothing."""
    print(f"\nexport of {ROWS:,} rows × {COLUMNS}        seconds   (budget ≤ {WANTED} × CSV, ≤ +{MEGABYTES} MB)")
    found = {kind: [_apart(kind) for _ in range(TIMES)] for kind in ("csv", "xlsx")}
    seconds = {kind: statistics.median(run[0] for run in runs) for kind, runs in found.items()}
    for kind, runs in found.items():
        memory, ratio = max(run[1] for run in runs), seconds[kind] / seconds["csv"]
        print(f"ready rows, {kind:<24}{seconds[kind]:>10.2f}   {ratio:.2f} ×, +{memory:.0f} MB")
    export, reader = export_named("suggestions"), User.objects.get(username="county")
    times = {}
    for kind in ("csv", "xlsx"):
        rows = export.find(reader, QueryDict())
        cells = (line for chunk in rows.chunks() for line in rows.lines(chunk))
        times[kind] = _write(kind, islice(cells, ROWS), rows.heads, time.perf_counter)
        print(f"cases from the database, {kind:<11}{times[kind]:>10.2f}   {times[kind] / times['csv']:.2f} ×")


def _apart(kind: str) -> tuple[float, float]:
    """Seconds, and megabytes of memory that writing took on top of the rest of the process."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.exports", kind], check=True, capture_output=True, text=True
    )
    seconds, memory = done.stdout.split()
    return float(seconds), float(memory)


def _write(
    kind: str, rows: Iterable[Sequence[Cell]], heads: Sequence[tuple[str, int]], clock: Callable[[], float]
) -> float:
    started = clock()
    if kind == "csv":
        with NamedTemporaryFile("w", encoding="utf8", newline="") as file:
            csv.writer(file).writerows(rows)
    else:
        with NamedTemporaryFile() as target:
            write_listing(target, heads, rows, [("导出人", "性能测试")])
    return clock() - started


def _rows() -> Iterator[Sequence[Cell]]:
    """What lists hold: texts long and short, words that come again and again, phones, days, numbers, nothing."""
    for number in range(ROWS):
        day = FIRST + timedelta(days=number % 900)
        yield (
            *(f"海建〔2026〕{number:06d}", f"关于第 {number} 号村道路灯不亮需要维修的建议", "道路交通", "办理中"),
            *("曲塘镇", "张演示", "交通运输局", day, day, day, day, "按期", "已解决或基本解决", day, number % 7),
            *(f"1990000{number % 10_000:04d}", "=1+1" if number % 50 == 0 else f"说明 {number}", "满意", "基本满意"),
            *("县级", number % 3 + 1, "", None, f"路灯坏了三个月，晚上出行不便，希望尽快修好。（{number}）", day),
        )


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    before = _peak()
    taken = _write(sys.argv[1], _rows(), HEADS, time.process_time)
    print(taken, _peak() - before)
