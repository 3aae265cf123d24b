"""The words everyone uses: verdicts, findings, facts, quantities, codes, instants, people, errors.

Nothing here knows a framework, a database, a file or the clock.
"""
