"""Names that vulture takes for unused and that are not: each with the reason why it must stay."""

from typing import Any

_: Any = None

_.QuerySet  # named in annotations that are text
_.email  # allauth passes it to the adapter by name
_.template_prefix  # as above
_.sender  # Django passes it to every receiver by name
