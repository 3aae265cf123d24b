"""Papers for an insurer: prior authorisation, an appeal, a good-faith estimate."""
