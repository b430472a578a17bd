"""Runs `beffroi-hub` as `python -m hub`."""

import sys

from hub.main import main

sys.exit(main())
