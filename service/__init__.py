"""Ascribe: who said what in a news article, what it counts, and what is opinion."""

import sys

__version__ = "0.1.0"

# Where rich is installed (flask-limiter brings it), structlog imports it for tracebacks that nothing here prints:
# four megabytes, and a tenth of what the web's libraries take to be imported. None is how an import is forbidden.
sys.modules.setdefault("rich", None)  # type: ignore[arg-type]
