"""The web process's application, as granian loads it in each worker."""

import gc
import signal

from django.core.wsgi import get_wsgi_application

from kairos.cli.child_process import end_with_parent
from kairos.content.release import load_release

YOUNG_OBJECTS = 10_000
"""After how many new objects the collector of cycles looks at them; an answer makes a few thousand."""


def keep_what_was_read() -> None:
    """Read the content before the first request, and take what stays for good out of the collector's sight.

    Without this a collection walks over the whole of content and code every few dozen requests, and whoever
    asks at that moment waits for it.
    """
    load_release()
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG_OBJECTS, 10, 10)


end_with_parent(signal.SIGKILL)  # a killed master must not leave workers that hold the socket
application = get_wsgi_application()
keep_what_was_read()
