"""``python -m service`` is the command ``service``."""

from service.cli import main

main()
