"""``python -m lms_core.cli`` is ``lms``."""

from lms_core.cli import main

main()
