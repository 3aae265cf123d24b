"""A session at home by link: the person's own mode, the support person's screen, their training."""
