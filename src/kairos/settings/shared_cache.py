"""Django's cache as rows of the database, so that no limit is counted by one process alone."""

from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache

from kairos.store.repositories import shared_values


class SharedCache(BaseCache):
    """Keeps plain values (what JSON can say) for all processes."""

    def __init__(self, location: str, params: dict[str, Any]) -> None:
        super().__init__(params)

    def add(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Keep a value unless there is one."""
        return shared_values.add(self._key(key, version), value, seconds=self._seconds(timeout))

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        """Return a value, or the default."""
        found = shared_values.read(self._key(key, version))
        return default if found is None else found[0]

    def set(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        """Keep a value."""
        shared_values.put(self._key(key, version), value, seconds=self._seconds(timeout))

    def touch(self, key: str, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Keep what is there for longer."""
        return shared_values.extend(self._key(key, version), seconds=self._seconds(timeout))

    def delete(self, key: str, version: int | None = None) -> bool:
        """Forget a value."""
        return shared_values.forget(self._key(key, version))

    def clear(self) -> None:
        """Forget everything."""
        shared_values.forget_all()

    def _key(self, key: str, version: int | None) -> str:
        return str(self.make_key(key, version=version))

    def _seconds(self, timeout: Any) -> float | None:
        return self.default_timeout if timeout is DEFAULT_TIMEOUT else timeout
