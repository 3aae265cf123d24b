"""The REMS of esketamine: certified sites, enrolled people."""
