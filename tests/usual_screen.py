"""The screen that is pretended: offscreen, Qt would have one of 800 by 800 pixels."""

import os
from pathlib import Path


def be_on_a_usual_screen() -> None:
    """Have Qt start on a screen of 1920 by 1080 pixels, unless another platform was asked for."""
    if os.environ.get("QT_QPA_PLATFORM", "offscreen") == "offscreen":
        # From here, because a drive's colon would end the option.
        described = os.path.relpath(Path(__file__).with_name("usual_screen.json"))
        os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={described}"
