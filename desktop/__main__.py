"""`python -m desktop` starts Beffroi."""

import sys

from desktop.app import main

sys.exit(main())
