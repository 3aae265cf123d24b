"""The web process's application, as granian loads it in each worker."""

import signal

from django.core.wsgi import get_wsgi_application

from kairos.cli.child_process import end_with_parent

end_with_parent(signal.SIGKILL)  # a killed master must not leave workers that hold the socket
application = get_wsgi_application()
