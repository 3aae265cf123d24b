"""``GET /healthz`` of the web process: is each part there. A proxy or a watchdog asks."""

from django.db import Error as DatabaseError
from django.http import HttpRequest, JsonResponse

from kairos.queries.processes import processes_present
from kairos.web.access import allow


@allow(public=True, reason="a machine asks whether the parts run; the answer tells nothing else")
def healthz(request: HttpRequest) -> JsonResponse:
    """Answer 200 where all is well, else 503."""
    parts = {"web": "ok", "live": "down", "jobs": "down", "database": "down"}
    try:
        present = processes_present()
    except DatabaseError:
        present = {}
    else:
        parts["database"] = "ok"
    parts |= {name: "ok" if is_there else "down" for name, is_there in present.items()}
    is_well = set(parts.values()) == {"ok"}
    return JsonResponse(parts, status=200 if is_well else 503, headers={"Cache-Control": "no-store"})
