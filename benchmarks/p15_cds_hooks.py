"""P15: CDS Hooks ``order-select`` over HTTP, 200 conditions and medicines sent along, four at once."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import jwt
import orjson
from cryptography.hazmat.primitives.asymmetric import ec
from jwt.algorithms import ECAlgorithm

from benchmarks.fixtures import CONDITIONS, DRUGS
from benchmarks.measure import cpu_per_call_us
from benchmarks.result import Result
from kairos.interop.cds_hooks.answering import answer
from kairos.interop.cds_hooks.checking import DocumentKind, refusals_of

GOAL_MS = 100.0
GOAL_CPU_MS = 25.0
ENTRIES = 200
CLIENTS = 4
CALLS = 200
WARM_UP = 24
PATIENCE_S = 90.0
KAIROS = Path(sys.executable).parent / "kairos"
ISSUER = "https://ehr.bench.invalid"
PATH = "/cds-services/order-select"
ABOUT = {"subject": {"reference": "Patient/bench-1"}}


def run() -> Iterator[Result]:
    """Start Kairos in a fresh home, ask, and count the processors' time of its web processes."""
    body = orjson.dumps(question())
    alone = cpu_per_call_us(lambda: _answer(body), calls=5, rounds=3) / 1000
    with tempfile.TemporaryDirectory(prefix="kb") as folder:
        key = ec.generate_private_key(ec.SECP384R1())
        environment = os.environ | {
            "KAIROS_HOME": f"{folder}/home",
            "KAIROS_ENV": "local",
            "PORT": str(_port()),
        }
        _register(Path(folder), key, environment)
        served = subprocess.Popen(
            [KAIROS, "serve"], env=environment, start_new_session=True, stdout=sys.stderr
        )
        try:
            taken, cpu_ms = _measure(f"127.0.0.1:{environment['PORT']}", body, key, served.pid)
        finally:
            os.killpg(served.pid, signal.SIGTERM)
            served.wait(timeout=30)
    p95 = sorted(taken)[int(len(taken) * 0.95)] * 1000
    what = (
        f"order-select over HTTP, {ENTRIES} entries, {len(body) // 1000} kB, {CLIENTS} at once, 95th centile"
    )
    yield Result("P15", what, p95, "ms wall", GOAL_MS, CALLS, floor=alone)
    yield Result("P15-cpu", "front door and web, a call", cpu_ms, "ms CPU", GOAL_CPU_MS, CALLS, floor=alone)
    yield Result(
        "P15-answer", "the same from bytes to bytes, without HTTP and database", alone, "ms CPU", None, 15
    )


def question() -> dict[str, Any]:
    """Return a question about an order of ketamine, of somebody with as many entries as the goal says."""
    conditions = [_condition(n, *CONDITIONS[n % len(CONDITIONS)]) for n in range(ENTRIES // 2)]
    medicines = [_medicine(n, *DRUGS[n % len(DRUGS)]) for n in range(ENTRIES // 2)]
    patient = {"resourceType": "Patient", "id": "bench-1", "gender": "female", "birthDate": "1980-04-01"}
    draft = _medicine(999, "", "Ketamine 50 MG/ML Injectable Solution") | {"status": "draft"}
    return {
        "hook": "order-select",
        "hookInstance": str(uuid4()),
        "context": {
            "userId": "Practitioner/1",
            "patientId": "bench-1",
            "selections": ["MedicationRequest/m999"],
            "draftOrders": _bundle([draft], "collection"),
        },
        "prefetch": {
            "patient": patient,
            "conditions": _bundle(conditions, "searchset"),
            "medications": _bundle(medicines, "searchset"),
        },
    }


def _condition(number: int, code: str, display: str) -> dict[str, Any]:
    return {
        "resourceType": "Condition",
        "id": f"c{number}",
        "clinicalStatus": {"coding": [{"code": "active"}]},
        "code": {"coding": [{"system": "http://snomed.info/sct", "code": code, "display": display}]},
        "onsetDateTime": f"20{number % 20:02}-03-04",
        **ABOUT,
    }


def _medicine(number: int, code: str, display: str) -> dict[str, Any]:
    system = "http://www.nlm.nih.gov/research/umls/rxnorm"
    coding = {"coding": [{"system": system, "code": code, "display": display}]} if code else {}
    return {
        "resourceType": "MedicationRequest",
        "id": f"m{number}",
        "status": "active",
        "intent": "order",
        "medicationCodeableConcept": {"text": display, **coding},
        "authoredOn": f"20{number % 20:02}-03-04",
        **ABOUT,
    }


def _bundle(resources: list[dict[str, Any]], kind: str) -> dict[str, Any]:
    base = "https://ehr.bench.invalid/fhir"
    entries = [{"fullUrl": f"{base}/{r['resourceType']}/{r['id']}", "resource": r} for r in resources]
    return {"resourceType": "Bundle", "type": kind, "entry": entries}


def _answer(body: bytes) -> bytes:
    document = orjson.loads(body)
    assert not refusals_of(document, kind=DocumentKind.REQUEST)
    return orjson.dumps(answer(document, today=datetime.now(UTC).date(), new_id=uuid4).document)


def _register(folder: Path, key: Any, environment: dict[str, str]) -> None:
    file = folder / "keys.json"
    public = json.loads(ECAlgorithm.to_jwk(key.public_key())) | {"kid": "bench"}
    file.write_text(json.dumps({"keys": [public]}))
    (folder / "person.json").write_text(json.dumps(question()["prefetch"]["patient"]))
    quiet = {"env": environment, "check": True, "stdout": subprocess.DEVNULL}
    subprocess.run([KAIROS, "import", folder / "person.json"], **quiet)  # opens the first programme
    subprocess.run(
        [KAIROS, "cds", "register", "--issuer", ISSUER, "--name", "Bench", "--keys", file], **quiet
    )


def _measure(host: str, body: bytes, key: Any, root: int) -> tuple[list[float], float]:
    _wait_for(f"http://{host}/healthz")
    with ThreadPoolExecutor(CLIENTS) as pool:
        list(pool.map(lambda _: _ask(host, body, key), range(WARM_UP)))
        before = _cpu_s(root)
        taken = list(pool.map(lambda _: _ask(host, body, key), range(CALLS)))
        return taken, (_cpu_s(root) - before) / CALLS * 1000


def _ask(host: str, body: bytes, key: Any) -> float:
    """Ask once and return the seconds until the whole answer was there; signing is the client's own time."""
    now = datetime.now(UTC)
    told = {"iss": ISSUER, "aud": f"http://{host}{PATH}", "iat": now, "exp": now + timedelta(minutes=5)}
    token = jwt.encode({**told, "jti": str(uuid4())}, key, "ES384", {"kid": "bench"})
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    before = time.perf_counter()
    connection = http.client.HTTPConnection(host, timeout=30)
    connection.request("POST", PATH, body, headers)
    reply = connection.getresponse()
    content = reply.read()
    taken = time.perf_counter() - before
    connection.close()
    if reply.status != 200 or not orjson.loads(content)["cards"]:
        raise RuntimeError(f"answered {reply.status}: {content[:200]!r}")
    return taken


def _cpu_s(root: int) -> float:
    """Return the processors' seconds of the front door (``root``) and the web processes below it.

    PostgreSQL is not counted, nor are the processes that do not take part: they are at work all the time.
    """
    found = {int(p.name): _stat(p) for p in Path("/proc").iterdir() if p.name.isdigit()}
    family, grown = (
        {pid for pid, stat in found.items() if stat and stat[1] == root and b"\0web\0" in _words(pid)},
        True,
    )
    while grown:
        more = {pid for pid, stat in found.items() if stat and stat[1] in family} - family
        family |= more
        grown = bool(more)
    ours = [stat for pid in {root, *family} if (stat := found.get(pid))]
    return sum(stat[2] for stat in ours) / os.sysconf("SC_CLK_TCK")


def _stat(process: Path) -> tuple[str, int, int] | None:
    """Return name, parent and clock ticks of a process."""
    try:
        head, _, rest = (process / "stat").read_text().rpartition(")")
    except OSError:
        return None
    fields = rest.split()
    return head.partition("(")[2], int(fields[1]), int(fields[11]) + int(fields[12])


def _words(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def _wait_for(address: str, patience_s: float = PATIENCE_S) -> None:
    deadline = time.monotonic() + patience_s
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(address, timeout=5) as reply:  # our own loopback address
                if reply.status == 200:
                    return
        except OSError:
            time.sleep(0.25)
    raise TimeoutError(f"no answer after {patience_s:g} s")


def _port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
