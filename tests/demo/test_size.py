"""More cases need more duties, as far as there are studios; the default county stays as the source has it."""

import pytest

from demo.builder import HAIAN


@pytest.mark.parametrize(
    ("times", "duties", "on_site"), [(0.1, 53, 4150), (1, 53, 4150), (2, 106, 8300), (72, 266, 20828)]
)
def test_duties_and_people_grow_together(times: float, duties: int, on_site: int) -> None:
    size = HAIAN.of(times, studios=266)
    assert (size.duties_a_week, size.on_site) == (duties, on_site)
    assert (size.themed, size.collective) == (HAIAN.themed, HAIAN.collective)
