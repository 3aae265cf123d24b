"""Numbers with a decimal point, as on labels and pumps: a dose is written alike in both languages."""

DECIMAL_SEPARATOR = "."
THOUSAND_SEPARATOR = ","
