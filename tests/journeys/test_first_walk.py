"""The first walk: from a record by somebody else to a score on the chart, as clinician, nurse and patient.

One person arrives as a FHIR record, is screened and signed for, consents on their own device, has a plan
signed for each medicine, a course planned and a dose ordered and checked, is dosed under watch with an
alarm, goes home, and answers a day later.
"""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from kairos.actions.send_outbox import send_outbox
from kairos.actions.work_deadlines import work_deadlines
from kairos.cli.demo_clinic.invented import invent
from kairos.cli.demo_clinic.letters import letter
from kairos.jobs.wiring import load_actions
from kairos.store.ids import new_id
from kairos.store.repositories import organisations, people
from kairos.store.scope import scoped
from kairos.vocab.people import Role
from tests.journeys import test_consent_and_course as consent_steps
from tests.journeys import test_from_a_record_to_a_decision as record_steps
from tests.support.accounts import PASSWORD, make_login
from tests.support.browser import leaving
from tests.support.clinic import jobs, make_clinic
from tests.support.clock import JourneyClock, weekday_before
from tests.support.dosing_sessions import CHECK_ANSWERS, LAST_TAKEN, LOOKED_UP, RELEASE_ANSWERS

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

WELL = {"systolic": "118", "diastolic": "76", "heart_rate": "72", "oxygen": "98", "breathing": "14"}
HIGH = {"systolic": "184", "diastolic": "112", "heart_rate": "96", "oxygen": "97", "breathing": "15"}
WALKS = [("tablet", "phone", "light"), ("phone", "tablet", "dark")]


class Walk:
    """The clinic, the clock, and one screen for each of those who take part."""

    def __init__(self, live_server, open_screen, clock, staff_size, patient_size, theme):
        self.url, self.clock = live_server.url, clock
        self.clinic = make_clinic()
        with scoped(self.clinic.scope):
            chair = organisations.Place(new_id(), self.clinic.programme_id, self.clinic.site_id, "Chair 3")
            organisations.add_place(self.clinic.scope, chair)
        self._open = lambda size: open_screen(size, theme)
        self.patient_size = patient_size
        self.clinician = self.staff(Role.CLINICIAN, staff_size)
        self.pharmacist = self.staff(Role.PHARMACIST, staff_size)
        self.nurse = self.staff(Role.NURSE, staff_size)
        self.person_id = self.session_url = None

    def staff(self, role, size):
        """Return a screen on which somebody of the staff is logged in."""
        return self.log_in(make_login(self.clinic, role), size)

    def log_in(self, login, size):
        """Return a screen on which somebody is logged in; the stream comes from another process."""
        screen = self._open(size)
        screen.log_in(self.url, login.username, PASSWORD)
        return screen

    def goto(self, screen, path, name):
        """Open a page, keep a picture of it, and look for faults."""
        screen.goto(self.url + path)
        self.look(screen, name)

    def look(self, screen, name):
        """Keep a picture of the page and look for faults."""
        screen.picture(f"walk-{name}")
        screen.check()


def send(screen, path_end):
    """Press the button of the form that is sent to this address."""
    with screen.page.expect_navigation(wait_until="load"):
        screen.page.locator(f'form[action$="{path_end}"] button[type=submit]').first.click()


def mei_lin():
    """Return somebody invented, whose record says what a first course is for."""
    nobody = invent(1, today=date(2026, 1, 1))
    return replace(
        nobody,
        given="Mei-Lin",
        family="Chen",
        sex="female",
        born_on=date(1984, 5, 17),
        weight_kg=68,
        height_cm=168,
        trials=("sertraline", "bupropion"),
    )


def arrive(walk, tmp_path):
    """Upload the record; the chart is there."""
    name, content = letter(mei_lin(), now=walk.clock.now - timedelta(days=1))
    path = tmp_path / name
    path.write_bytes(content)
    walk.goto(walk.clinician, "/people/", "people-empty")
    record_steps.bring_in(walk.clinician.page, path)
    walk.look(walk.clinician, "import-report")
    with scoped(walk.clinic.scope):
        (enrolment,) = people.list_enrolments(walk.clinic.scope)
    walk.person_id = enrolment.person_id
    walk.goto(walk.clinician, f"/people/{walk.person_id}/", "chart")


def tell_of_a_medicine(walk):
    """Write down what the record does not say: a stimulant, taken in the morning."""
    screen = walk.clinician
    walk.goto(screen, f"/people/{walk.person_id}/medicines/add/", "medicine-add")
    screen.page.get_by_label("Medicine", exact=True).fill("Methylphenidate 10 mg")
    screen.page.get_by_label("How it is taken").fill("10 mg in the morning")
    consent_steps.press(screen, "Save this medicine")
    screen.page.get_by_text("Hold on the morning of a session").wait_for()
    walk.look(screen, "medicines-not-confirmed")


def decide(walk):
    """Ask what is open, and sign."""
    page = walk.clinician.page
    walk.goto(walk.clinician, f"/people/{walk.person_id}/eligibility/", "eligibility")
    for kind in ("condition", "medication", "allergy"):
        record_steps.confirm(page, f"#confirm-{kind}")
    record_steps.enter_results(page)
    for drug in ("sertraline", "bupropion"):
        record_steps.add_trial(page, drug)
    record_steps.confirm(page, "#confirm-trials")
    record_steps.answer_everything(page)
    for reason in page.locator("textarea[name^=reason_]").all():
        reason.fill("seen and discussed with the person")
    page.get_by_label("Why", exact=True).fill("two adequate treatments failed; risks discussed")
    page.get_by_label("Why", exact=True).blur()
    page.get_by_text("Nothing is left").wait_for()
    walk.look(walk.clinician, "ready-to-sign")
    page.get_by_role("button", name="Sign as").click()
    page.get_by_text("Start, signed by").wait_for()
    walk.look(walk.clinician, "decided")


def consent(walk):
    """Read and sign on one's own device."""
    login = make_login(walk.clinic, Role.PATIENT, person_id=walk.person_id)
    walk.patient = walk.log_in(login, walk.patient_size)
    walk.goto(walk.patient, "/my/today/", "patient-today")
    consent_steps.follow(walk.patient, "Open the document")
    consent_steps.follow(walk.patient, "Start reading")
    consent_steps.read_to_the_signature(walk.patient)
    consent_steps.sign(walk.patient)
    walk.look(walk.patient, "consent-signed")


def agree_on_medicines(walk):
    """Sign what is done with each medicine around a session; the person reads it."""
    screen = walk.clinician
    walk.goto(screen, f"/people/{walk.person_id}/medicines/", "medicines")
    consent_steps.press(screen, "Sign this plan")
    screen.page.get_by_text("Every medicine has a signed plan.").wait_for()
    walk.look(screen, "medicines-signed")
    walk.goto(walk.patient, "/my/medicines/", "patient-medicines")
    walk.patient.page.get_by_text("do not take it on the day of your session").wait_for()


def plan(walk, day):
    """Plan the course; order and check the first dose."""
    screen = walk.clinician
    walk.goto(screen, f"/people/{walk.person_id}/course/", "course-none")
    consent_steps.follow(screen, "Plan a course")
    screen.page.get_by_label("First session on").fill(day.date().isoformat())
    screen.page.get_by_label("Starting at").fill("09:00")
    consent_steps.press(screen, "Propose the days")
    screen.page.get_by_label("Chair or bed").select_option("Chair 3")
    walk.look(screen, "course-proposed")
    consent_steps.press(screen, "Plan these sessions")
    walk.look(screen, "course")
    with leaving(screen.page):
        screen.page.get_by_role("link", name="Order for session 1").click()
    screen.page.get_by_label("Weight", exact=True).fill("68")
    screen.page.get_by_label("Weighed on", exact=True).fill(walk.clock.now.date().isoformat())
    screen.page.get_by_label("Concentration in the bag").fill("1")
    consent_steps.press(screen, "Work out the dose")
    walk.look(screen, "order")
    with leaving(screen.page):
        screen.page.get_by_role("button", name="Order 34").click()
    other = walk.pharmacist
    walk.goto(other, screen.page.url.removeprefix(walk.url), "order-to-check")
    other.page.get_by_label("Dose, as I work it out").fill("34")
    other.page.get_by_label("Concentration, as I read it on the bag").fill("1")
    consent_steps.press(other, "I have checked this order")
    other.page.get_by_text("The order is checked.").wait_for()
    walk.look(other, "order-checked")


def check(walk):
    """Open the session at the chair, confirm who it is, ask, measure, and call the check."""
    nurse, page = walk.nurse, walk.nurse.page
    walk.goto(nurse, "/board/", "board-waiting")
    with leaving(page):
        page.locator('a[href*="/sessions/open/"]').first.click()
    page.get_by_label("Chair 3").check()
    walk.look(nurse, "open-session")
    consent_steps.press(nurse, "Open the session")
    walk.session_url = page.url.split("check/")[0].removeprefix(walk.url)
    page.get_by_label("Name", exact=False).first.fill("Mei-Lin Chen")
    page.locator("[name=born_on]").fill("1984-05-17")
    walk.look(nurse, "identity")
    consent_steps.press(nurse, "Confirm this is who it is")
    for item, answer in CHECK_ANSWERS.items():
        if item not in {"consent_current", *LOOKED_UP}:
            with page.expect_navigation(wait_until="load"):
                page.locator(f'#item-{item} button[value="{answer}"]').click()
    for item, ago in LAST_TAKEN.items():
        at = walk.clock.now + timedelta(minutes=ago)
        page.locator(f"#item-{item} [name=answered_at]").fill(at.strftime("%Y-%m-%dT%H:%M"))
        with page.expect_navigation(wait_until="load"):
            page.locator(f"#item-{item}").get_by_role("button", name="Record time").click()
    rate_awake(walk)
    rate_detached(walk, 0)
    take(walk, WELL)
    walk.clock.go_on(minutes=1)
    nurse.goto(f"{walk.url}{walk.session_url}check/")
    page.get_by_label("Reference on the pharmacy's label").fill("RX 40117")
    walk.look(nurse, "check-source")
    consent_steps.press(nurse, "Use this order")
    walk.look(nurse, "check-done")
    send(nurse, "/check/call/")
    open_the_day(walk)


def open_the_day(walk):
    """Look at room and rescue, and name who answers for today: no dose starts before."""
    walk.goto(walk.nurse, "/day/", "day-not-open")
    page = walk.nurse.page
    with page.expect_navigation(wait_until="load"):
        page.get_by_role("link", name="Check the room and open the day").click()
    for ready in page.get_by_label("Ready", exact=True).all():
        ready.check()
    for until in page.locator("main input[type=date]").all():  # what stands on each medicine of the box
        until.fill((walk.clock.now + timedelta(days=90)).date().isoformat())
    for role in ("prescriber", "resuscitator"):
        page.locator(f"[name={role}]").select_option(index=1)
    walk.look(walk.nurse, "day-check")
    consent_steps.press(walk.nurse, "Open the day")
    walk.look(walk.nurse, "day-open")


def take(walk, values):
    """Type in what the monitor shows."""
    walk.nurse.goto(f"{walk.url}{walk.session_url}vitals/")
    for name, value in values.items():
        walk.nurse.page.locator(f"[name={name}]").fill(value)
    consent_steps.press(walk.nurse, "Save the reading")


def rate_awake(walk):
    walk.nurse.goto(f"{walk.url}{walk.session_url}awake/")
    walk.nurse.page.locator("[name=score][value='5']").check()
    consent_steps.press(walk.nurse, "Save")


def rate_detached(walk, score):
    walk.nurse.goto(f"{walk.url}{walk.session_url}detachment/")
    scale = walk.nurse.page.locator("[name=scale][value='nrs10']")
    if scale.count():
        scale.check()
    walk.nurse.page.locator("[name=score]").fill(str(score))
    consent_steps.press(walk.nurse, "Save")


def infuse(walk):
    """Run the infusion; the pressure rises twice, an alarm is taken, and settles."""
    nurse, clock = walk.nurse, walk.clock
    nurse.goto(f"{walk.url}{walk.session_url}")
    walk.look(nurse, "console-before")
    send(nurse, "/start/")
    clock.go_on(minutes=9)
    take(walk, WELL)
    rate_awake(walk)
    walk.look(nurse, "console-running")
    for minutes in (9, 5):
        clock.go_on(minutes=minutes)
        take(walk, HIGH)
        rate_awake(walk)
    walk.look(nurse, "console-alarm")
    walk.goto(walk.clinician, "/board/", "board-alarm")
    with leaving(walk.clinician.page):
        walk.clinician.page.get_by_role("button", name="I am going").first.click()
    walk.look(walk.clinician, "board-alarm-taken")
    nurse.goto(f"{walk.url}{walk.session_url}")
    send(nurse, "/pause/")
    send(nurse, "/symptoms/none/")
    clock.go_on(minutes=5)
    take(walk, WELL)
    rate_detached(walk, 4)
    clinician = walk.clinician
    clinician.goto(f"{walk.url}{walk.session_url}")
    walk.look(clinician, "console-paused")
    send(clinician, "/resume/")
    for _ in range(2):
        clock.go_on(minutes=8)
        take(walk, WELL)
        rate_awake(walk)
    clock.go_on(minutes=2)
    nurse.goto(f"{walk.url}{walk.session_url}")
    send(nurse, "/complete/")


def go_home(walk):
    """Watch until time and criteria hold, and let the person go."""
    nurse, clock = walk.nurse, walk.clock
    for _ in range(5):
        clock.go_on(minutes=13)
        take(walk, WELL)
        rate_awake(walk)
        rate_detached(walk, 0)
    walk.goto(nurse, f"{walk.session_url}release/", "release-not-yet")
    for criterion, answer in RELEASE_ANSWERS.items():
        nurse.goto(f"{walk.url}{walk.session_url}release/criteria/{criterion}/")
        nurse.page.locator(f"[name=answer][value='{answer}']").check()
        with leaving(nurse.page):
            nurse.page.locator("main form button[type=submit]").last.click()
    walk.goto(nurse, f"{walk.session_url}release/", "release-ready")
    send(nurse, "/release/go/")
    walk.look(nurse, "record-sheet")
    walk.goto(nurse, "/board/", "board-after")


def link_sent(walk):
    """Do what is due, as the jobs process does; return the first link to a questionnaire that went out."""
    load_actions()
    sent = []
    by = jobs(walk.clinic)
    while work_deadlines(by=by, now=walk.clock.now):
        pass
    send_outbox(by=by, now=walk.clock.now, post=sent.append)
    return next(message.path for message in sent if message.path.startswith("/l/"))


def answer(walk):
    """Answer a day later from the link alone; a thought of death is met at once."""
    screen = walk._open(walk.patient_size)
    page = screen.page
    walk.goto(screen, link_sent(walk), "link")
    page.get_by_role("button", name="Start").click()
    for number in range(1, 18):
        page.get_by_text(f"Question {number} of 17").wait_for()
        words = "More than half the days" if number == 9 else "Several days"
        words = "Somewhat difficult" if number == 10 else words
        page.get_by_label(words, exact=True).check()
        with leaving(page):
            page.get_by_role("button", name="Go on").click()
        if number == 9:
            page.get_by_text("Thank you for telling us").wait_for()
            walk.look(screen, "crisis-card")
            page.get_by_role("link", name="Go on").click()
    page.get_by_role("button", name="Send my answers").click()
    page.get_by_role("heading", name="Thank you").wait_for()
    walk.look(screen, "answered")


def follow_up(walk):
    """Take the task, and see the score beside the session."""
    walk.goto(walk.clinician, "/inbox/", "inbox")
    walk.clinician.page.get_by_role("button", name="I am calling").first.click()
    walk.clinician.page.get_by_text("It is yours").wait_for()
    walk.look(walk.clinician, "task")
    walk.goto(walk.clinician, f"/people/{walk.person_id}/progress/", "progress")
    walk.goto(walk.patient, "/my/scores/", "patient-scores")


@pytest.mark.parametrize(("staff_size", "patient_size", "theme"), WALKS)
def test_the_first_walk(
    live_server, open_screen, monkeypatch, settings, tmp_path, staff_size, patient_size, theme
):
    day = weekday_before(datetime.now(UTC), least=timedelta(days=3))
    clock = JourneyClock(monkeypatch, settings, starts=day - timedelta(days=1))
    walk = Walk(live_server, open_screen, clock, staff_size, patient_size, theme)
    arrive(walk, tmp_path)
    tell_of_a_medicine(walk)
    decide(walk)
    consent(walk)
    agree_on_medicines(walk)
    plan(walk, day)
    clock.go_to(day, "08:40")
    check(walk)
    clock.go_on(minutes=1)
    infuse(walk)
    go_home(walk)
    clock.go_on(hours=25)
    answer(walk)
    follow_up(walk)
