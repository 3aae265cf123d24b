"""The progress of a person as a drawing, its table, and the claim above it."""

from datetime import datetime
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kairos.domain.evidence.texts import Audience
from kairos.domain.outcomes.claims import Claim, claim_of_change, claim_of_course, claims_of_definitions
from kairos.domain.outcomes.response_count import claim_of_count, highest_response
from kairos.queries.progress import Progress, ScaleProgress
from kairos.web.design.drawings.score_table import day_words, score_rows
from kairos.web.design.drawings.score_values import (
    ScoreBand,
    ScoreDrawing,
    ScoreLine,
    ScorePanel,
    ScorePoint,
    ScoreWords,
    SessionTick,
)
from kairos.web.design.drawings.scores import draw_scores
from kairos.web.languages import spoken_release


def shown_progress(found: Progress, now: datetime, audience: Audience = Audience.CLINICIAN) -> dict[str, Any]:
    """Return what the templates of the progress pages show."""
    drawing = _drawing(found, now)
    has_scores = any(scale.series.scores for scale in found.scales)
    main = found.scales[0]
    return {
        "progress": found,
        "claims": [_said(claim, audience) for claim in _heading(found, main)],
        "defined": [
            {"scale": scale.instrument.short_title, "claims": _defined(scale, audience)}
            for scale in found.scales
        ],
        "wide": _svg(draw_scores(drawing)) if has_scores else "",
        "narrow": _svg(draw_scores(drawing, narrow=True)) if has_scores else "",
        "panels": drawing.panels,
        "rows": score_rows(drawing),
        "facts": _facts(found, main, now),
        "left_out": _left_out(found),
        "self_harm": _self_harm(found),
    }


def proposal_words(found: Progress) -> str:
    """Return what the rules propose after so many infusions."""
    return _said(claim_of_course(found.review), Audience.CLINICIAN)["words"]


def _heading(found: Progress, main: ScaleProgress) -> list[Claim]:
    name = spoken_release().texts.render("scale.phq9", {})
    claims = [claim_of_change(main.change, main.definitions, scale_name=name)]
    since = day_words(main.counted.since, found.zone) if main.counted.since else ""
    counted = claim_of_count(main.counted, main.definitions, since=since)
    return claims if counted is None else [*claims, counted]


def _defined(scale: ScaleProgress, audience: Audience) -> list[dict[str, Any]]:
    return [_said(claim, audience) for claim in claims_of_definitions(scale.change, scale.definitions)]


def _said(claim: Claim, audience: Audience) -> dict[str, Any]:
    """Return a claim in words, with the sources it rests on."""
    release = spoken_release()
    cited = [release.citations[key] for key in claim.sources if key in release.citations]
    words = release.texts.render(claim.message, claim.values, audience=audience)
    return {"words": words, "sources": cited}


def _drawing(found: Progress, now: datetime) -> ScoreDrawing:
    return ScoreDrawing(
        zone=found.zone,
        panels=tuple(_panel(scale) for scale in found.scales if scale.series.scores),
        sessions=tuple(SessionTick(session.at, session.number) for session in found.sessions),
        today=now,
        words=_words(),
    )


def _panel(scale: ScaleProgress) -> ScorePanel:
    instrument = scale.instrument
    note = _("{lowest} to {highest}, lower is better").format(
        lowest=instrument.lowest_total, highest=instrument.highest_total
    )
    return ScorePanel(
        name=instrument.short_title,
        note=note,
        lowest=instrument.lowest_total,
        highest=instrument.highest_total,
        points=tuple(_point(scale, score.at, score.total) for score in scale.series.scores),
        bands=tuple(ScoreBand(band.name, band.lowest, band.highest) for band in instrument.bands),
        lines=_lines(scale),
    )


def _point(scale: ScaleProgress, at: datetime, total: int | None) -> ScorePoint:
    band = None if total is None else scale.instrument.band_of(total)
    return ScorePoint(at, total, band=band.name if band else "")


def _lines(scale: ScaleProgress) -> tuple[ScoreLine, ...]:
    """Return the lines of response and remission, half a point above the highest score that counts."""
    below = scale.definitions.value("remission_below")
    remission = ScoreLine(
        below - 0.5, _("Remission: under {score}").format(score=f"{below:g}"), _("Remission")
    )
    highest = highest_response(scale.change.baseline, scale.definitions)
    if highest is None:
        return (remission,)
    words = _("Response: {score} or less").format(score=highest)
    return ScoreLine(highest + 0.5, words, _("Response {score}").format(score=highest)), remission


def _words() -> ScoreWords:
    return ScoreWords(
        today=_("Today"),
        sessions=_("Sessions {first} to {last}"),
        session=_("Session {first}"),
        missed=_("missed"),
        title=_("{scales} with sessions, {starts} to {ends}"),
        story=_(
            "{scale}: {first} on {first_on}, {last} on {last_on}; lowest {best}, missed {missed} of {asked}."
        ),
        story_none=_("{scale}: not answered in full yet."),
        before_first=_("Before session {number}"),
        same_day=_("Day of session {number}"),
        days_after=_("{days} days after session {number}"),
        one_day_after=_("1 day after session {number}"),
        baseline=_("baseline"),
        not_known=_("not known"),
    )


def _facts(found: Progress, main: ScaleProgress, now: datetime) -> list[dict[str, str]]:
    """Return the four numbers at the top; what is not known is said, never left empty."""
    change = main.change
    first = _("from {baseline}").format(baseline=change.baseline) if change.baseline is not None else ""
    unknown = _("not known")
    facts = [
        {
            "label": _("{scale} now").format(scale=main.instrument.short_title),
            "value": unknown if change.current is None else str(change.current),
            "more": first if change.current is not None else "",
        }
    ]
    if found.sessions:
        last = found.sessions[-1]
        days = (now.astimezone(found.zone).date() - last.at.astimezone(found.zone).date()).days
        since = _("Since session {number}").format(number=last.number)
        facts.append({"label": since, "value": str(days), "more": ngettext("day", "days", days)})
    facts.append({"label": _("Sessions held"), "value": str(len(found.sessions)), "more": ""})
    of = _("of {asked}").format(asked=found.asked)
    facts.append({"label": _("Answered in full"), "value": str(found.answered), "more": of})
    return facts


def _self_harm(found: Progress) -> dict[str, Any]:
    """Return the answers that called for somebody one by one, and those that did not as a count."""
    none = [answer.at for answer in found.self_harm if not answer.value]
    above = [answer for answer in found.self_harm if answer.value]
    return {"above": above, "none_count": len(none), "none_last": none[0] if none else None}


def _left_out(found: Progress) -> list[dict[str, Any]]:
    """Return what was answered in part, with the missing questions by their words."""
    return [
        {
            "scale": scale.instrument.short_title,
            "day": day_words(at, found.zone),
            "items": [scale.instrument.item(item).text for item in items],
        }
        for scale in found.scales
        for at, items in scale.missing_items
    ]


def _svg(text: str) -> SafeString:
    """Mark a drawing as markup: its texts were escaped where they were put in."""
    return mark_safe(text)  # nosec B308 B703 - escaped where it is drawn
