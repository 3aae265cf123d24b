"""The design system: tokens, parts, frames. ``/design/`` shows every part."""
