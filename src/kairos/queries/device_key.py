"""The key under which entries of one maker wait on a device."""

from kairos.store.vault import keyed_digest

_PURPOSE = b"entries waiting on a device/"


def device_key(owner: str) -> bytes:
    """Return 32 bytes for one maker: the same on each device, and made by nobody without the master key.

    Parameters
    ----------
    owner : str    whose entries: the id of an account, or another name that is nobody else's. The entrance
                   makes sure that it is who asks.
    """
    return keyed_digest(_PURPOSE + owner.encode())
