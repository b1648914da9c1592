"""The option `fields`."""

from __future__ import annotations

from mkdocs.config import config_options as c
from mkdocs.config.base import ValidationError

from mkdocs_anp.core.fields import Field
from mkdocs_anp.core.site_fields import FieldError, site_fields


class Fields(c.OptionallyRequired[Field]):
    """The fields that a site adds or changes; what it gives are all fields as one mapping."""

    def __init__(self) -> None:
        """Begin with the built-in fields."""
        super().__init__(default={})

    def run_validation(self, value: object) -> Field:
        """Return the declared fields, the built-in ones among them."""
        if value is None:
            value = {}
        if not isinstance(value, dict):
            raise ValidationError("write a mapping: the names of fields to what they are")
        try:
            return site_fields(value)
        except FieldError as error:
            raise ValidationError(str(error)) from error
