"""The question of a pause: from which day, until which one."""
