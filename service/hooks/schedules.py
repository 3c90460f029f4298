"""When a delivery that failed is tried again: ten tries over about sixteen hours, each wait blurred by a fifth."""

from __future__ import annotations

import random

# Seconds from one try to the next. Results are kept for a day by default: the last try falls well within it.
WAITS = (5, 30, 120, 600, 1800, 3600, 7200, 14400, 28800)
_BLUR = 0.2  # so that deliveries that failed together do not come back together


def wait_after(tries: int, *, asked: float = 0.0) -> float | None:
    """Seconds to wait after *tries* failed ones, ``None`` when it was the last.

    A receiver that *asked* for a longer wait (Retry-After) gets it, up to the longest of ours.

    >>> [wait_after(tries) is None for tries in (1, 9, 10)]
    [False, False, True]
    >>> 4 <= wait_after(1) <= 6
    True
    >>> wait_after(1, asked=3600)
    3600
    """
    if tries > len(WAITS):
        return None
    blurred = WAITS[tries - 1] * random.uniform(1 - _BLUR, 1 + _BLUR)
    return max(blurred, min(asked, WAITS[-1]))
