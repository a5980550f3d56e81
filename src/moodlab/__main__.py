"""``python -m moodlab``."""

import sys

from moodlab.app import main

sys.exit(main())
