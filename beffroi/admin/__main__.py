"""Runs `beffroi-admin` as `python -m beffroi.admin`."""

import sys

from beffroi.admin import main

sys.exit(main())
