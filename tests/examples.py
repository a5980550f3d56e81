"""How many odd inputs Hypothesis tries: the profiles, and a share of them where each is dear.

The suite tries the same ones in every run. To search for new ones:
``HYPOTHESIS_PROFILE=search pytest``.
"""

import os

from hypothesis import HealthCheck, settings

# How long an example takes tells how busy the computer is.
_SAME_EVERYWHERE = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}


def choose_profile() -> None:
    """Have the tests use the profile that the environment names."""
    settings.register_profile("suite", derandomize=True, max_examples=100, **_SAME_EVERYWHERE)
    settings.register_profile(
        "search", derandomize=False, max_examples=2000, print_blob=True, **_SAME_EVERYWHERE
    )
    settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "suite"))


def one_in(number: int) -> settings:
    """Try one in `number` of the profile's examples: for those that make a page or a journal."""
    return settings(max_examples=settings().max_examples // number)
