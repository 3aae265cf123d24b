"""A clinician brings in a real record, resolves what is open, and signs; on each device, light and dark."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from kairos.interop.fhir.reading import read_files
from kairos.store.repositories import people
from kairos.store.repositories.people import Identity
from kairos.store.scope import scoped
from kairos.vocab.facts import FactKind
from kairos.vocab.instants import PartialDate
from kairos.vocab.people import Role
from kairos.vocab.stages import Stage
from tests.support.accounts import PASSWORD, make_login
from tests.support.browser import swapping
from tests.support.clinic import make_clinic, make_person
from tests.support.facts import condition, drug, every_answer_no, pressure, unread, without
from tests.support.real_data import real_data_folder
from tests.support.screened import keep

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
SIZES = ("phone", "tablet", "desk")


def a_record():
    """Return the smallest real record of one living adult."""
    files = sorted(real_data_folder().glob("synthea*/*.json*"), key=lambda path: path.stat().st_size)
    return next(path for path in files if is_living_adult(path))


def is_living_adult(path):
    (person,) = read_files([path]).patients
    said = {f.concept for f in person.facts}
    return "deceased" not in said and person.identity.birth_date.year < 2000


@pytest.mark.real_data
def test_from_upload_to_signature(live_server, open_screen):
    clinic = make_clinic()
    prescriber = make_login(clinic, Role.CLINICIAN)
    screen = open_screen("desk")
    page = screen.page
    screen.log_in(live_server.url, prescriber.username, PASSWORD)
    screen.goto(live_server.url + "/people/")
    screen.check()
    bring_in(page, a_record())
    screen.check()
    page.get_by_role("link", name="start?").click()
    page.get_by_role("heading", name="Ask first").wait_for()
    for kind in ("condition", "medication", "allergy"):
        confirm(page, f"#confirm-{kind}")
    enter_results(page)
    for name in ("sertraline", "bupropion"):
        add_trial(page, name)
    confirm(page, "#confirm-trials")
    answer_everything(page)
    screen.check()
    for reason in page.locator("textarea[name^=reason_]").all():
        reason.fill("seen and discussed with the person")
    page.get_by_label("Why", exact=True).fill("two adequate treatments failed; risks discussed")
    page.get_by_label("Why", exact=True).blur()
    page.get_by_text("Nothing is left").wait_for()
    page.get_by_role("button", name="Sign as").click()
    page.get_by_text("Start, signed by").wait_for()
    screen.check()
    with scoped(clinic.scope):
        (enrolment,) = people.list_enrolments(clinic.scope)
    assert enrolment.stage == Stage.ELIGIBLE


@pytest.mark.parametrize("size", SIZES)
def test_every_page_on_the_way(live_server, open_screen, size):
    clinic = make_clinic()
    prescriber, nurse = make_login(clinic, Role.CLINICIAN), make_login(clinic, Role.NURSE)
    helena = make_person(clinic, Identity("Moravec", "Helena", born_on=PartialDate(1974, 2, 9), sex="female"))
    keep(clinic, helena, much_is_known())
    make_person(clinic, Identity("Penrose", "Owen", born_on=PartialDate(1981, 5)))
    screen = open_screen(size)
    screen.log_in(live_server.url, prescriber.username, PASSWORD)
    entry = f"/people/{helena}/entry/?fact=Condition/heart%230"
    pages = {
        "people": "/people/",
        "people-nobody": "/people/?q=nobody",
        "person-new": "/people/new/",
        "record-upload": "/records/new/",
        "import-report-none": "/records/report/",
        "chart": f"/people/{helena}/",
        "chart-facts": f"/people/{helena}/facts/vital/",
        "original-entry": entry,
        "eligibility": f"/people/{helena}/eligibility/",
        "results": f"/people/{helena}/results/",
        "treatment": f"/people/{helena}/treatments/",
    }
    for name, address in pages.items():
        screen.goto(live_server.url + address)
        screen.picture(name)
        screen.check()
    screen = open_screen(size)
    screen.log_in(live_server.url, nurse.username, PASSWORD)
    screen.goto(live_server.url + pages["eligibility"])
    screen.page.get_by_text("A prescriber decides and signs").wait_for()
    screen.complaints.clear()  # the board asks for live events, which this server does not send
    screen.check()


def much_is_known():
    """Return what leaves three questions open and gives one finding of each kind that can be gone on with."""
    today = timezone.now().date().isoformat()
    known = [replace(f, true_from=PartialDate.parse(today), recorded_at=timezone.now()) for f in answers()]
    heart = condition("heart_failure", "2019-03-14", id="Condition/heart#0")
    return [*known, *pressure(152, 94, today), heart, unread(), drug("sertraline", "2024-01-01")]


def answers():
    """Return every answer but three, and no measurement."""
    open_ones = ("aneurysm_or_malformation", "suicidal_intent", "past_psychosis", "heart_disease")
    return [f for f in without(every_answer_no(), *open_ones) if f.kind is FactKind.ANSWER]


def bring_in(page, path):
    page.get_by_role("link", name="Bring in a record").first.click()
    page.get_by_label("Files").set_input_files(str(path))
    page.get_by_role("button", name="Import these files").click()
    page.get_by_role("heading", name="What was imported").wait_for()


def confirm(page, button):
    with swapping(page):
        page.locator(button).click()


def enter_results(page):
    """Enter what is measured: today, and one blood pressure of the day before."""
    values = {"systolic_bp": "118", "diastolic_bp": "76", "oxygen_saturation": "98", "body_weight": "72"}
    values |= {"body_height": "174", "alt": "22", "ast": "20", "egfr": "96", "phq9_item9": "0"}
    yesterday = (timezone.now() - timedelta(days=1)).strftime("%Y-%m-%d %H:%M")
    for moment, given in (("", values), (yesterday, {"systolic_bp": "121", "diastolic_bp": "79"})):
        page.goto(page.url.split("/people/")[0] + "/people/" + person_in(page) + "/results/")
        page.locator("#id_measured_on").fill(moment)
        for name, value in given.items():
            page.locator(f"#id_{name}").fill(value)
        page.get_by_role("button", name="Save the results").click()
        page.get_by_role("heading", name="Your decision").wait_for()


def person_in(page):
    return page.url.split("/people/")[1].split("/")[0]


def add_trial(page, drug):
    page.get_by_role("link", name="Add a treatment").first.click()
    page.get_by_label("Treatment", exact=True).select_option(drug)
    page.get_by_label("Highest daily dose").fill("450")
    page.get_by_label("Started").fill("2019-01")
    page.get_by_label("Ended").fill("2019-06")
    page.get_by_label("How far the symptoms fell").fill("10")
    page.get_by_label("In the present episode").select_option("yes")
    page.get_by_role("button", name="Save this treatment").click()
    page.get_by_role("heading", name="Your decision").wait_for()


YES = {
    *("question-alive", "question-contraception_in_place"),
    *("question-off_label_reason_recorded", "question-housing_is_stable"),
    *("question-support_between_sessions", "question-sleep_is_sufficient"),
    "question-expectations_are_realistic",
}


def answer_everything(page):
    """Answer what is left: in sheets while there are many questions, by cards when there are few."""
    for _ in range(20):
        rows = page.locator(".ask")
        if rows.count() == 0:
            break
        page.eval_on_selector_all("details.topic", "all => all.forEach((one) => { one.open = true; })")
        for row in rows.all():
            key = row.get_attribute("id")
            answer = row.locator(f"#{key}-{'yes' if key in YES else 'no'}")
            if answer.count():
                answer.check()
        with swapping(page):
            page.get_by_role("button", name="Save the answers").first.click()
    for _ in range(20):
        cards = page.locator("article.finding.unknown form")
        if cards.count() == 0:
            break
        key = page.locator("article.finding.unknown:has(form)").first.get_attribute("id")
        with swapping(page):
            page.locator(f"#{key}-{'yes' if key in YES else 'no'}").click()
