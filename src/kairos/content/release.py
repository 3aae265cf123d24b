"""A release of the clinical content: everything the files say, checked, frozen, named by their hash."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from kairos.content.load_absorption import load_absorption, load_substances
from kairos.content.load_aid import load_aid
from kairos.content.load_citations import load_citations
from kairos.content.load_claims import load_claims
from kairos.content.load_concepts import load_concepts
from kairos.content.load_consents import load_consents
from kairos.content.load_crisis import load_crisis
from kairos.content.load_danger_words import load_danger_words
from kairos.content.load_effects import load_effects
from kairos.content.load_event_terms import load_event_terms
from kairos.content.load_expected import load_expected
from kairos.content.load_fasting import load_fasting
from kairos.content.load_figures import load_figures
from kairos.content.load_home import load_support_training
from kairos.content.load_instruments import load_instruments
from kairos.content.load_intake import IntakeTopic, load_intake
from kairos.content.load_integration import load_integration
from kairos.content.load_interactions import load_interactions
from kairos.content.load_keeping import load_keeping
from kairos.content.load_mechanism import load_mechanism
from kairos.content.load_models import load_models
from kairos.content.load_order_words import NO_ORDER_WORDS, OrderWords, load_order_words
from kairos.content.load_parameters import load_parameters
from kairos.content.load_preparation import load_preparation
from kairos.content.load_protocols import load_protocols
from kairos.content.load_receptors import load_receptors
from kairos.content.load_red_flags import load_red_flags
from kairos.content.load_regulation import load_regulation
from kairos.content.load_rescue import load_rescue
from kairos.content.load_rules import load_rules
from kairos.content.load_scorecard import load_scorecard
from kairos.content.load_sources import load_sources
from kairos.content.load_standards import Standards, load_standards
from kairos.content.load_texts import load_texts
from kairos.content.load_therapy import load_therapy
from kairos.content.loader import ContentSource, Lint, read_source
from kairos.domain.eligibility.uses import BarredUse
from kairos.domain.eligibility.workup import WorkupItem
from kairos.domain.evidence.citations import Citation
from kairos.domain.evidence.claims import GradedClaim
from kairos.domain.evidence.concepts import ConceptMap
from kairos.domain.evidence.consent_parts import ConsentBook
from kairos.domain.evidence.decision_aid import DecisionAid
from kairos.domain.evidence.figures import Figure
from kairos.domain.evidence.keeping import KeepingLine
from kairos.domain.evidence.mechanism import MechanismMap
from kairos.domain.evidence.parameters import ParameterBook
from kairos.domain.evidence.regulation import RegulatoryBook
from kairos.domain.evidence.scorecard import ScoreItem
from kairos.domain.evidence.texts import TextBook
from kairos.domain.instruments.crisis import CrisisBook
from kairos.domain.instruments.questionnaire import Instrument
from kairos.domain.instruments.survey import SurveySource
from kairos.domain.integration.checklist import PreparationItem
from kairos.domain.integration.plan import DaysAfter
from kairos.domain.pharmacology.absorption import AbsorptionTable
from kairos.domain.pharmacology.effects import EffectRange
from kairos.domain.pharmacology.expected_by import ExpectedBy
from kairos.domain.pharmacology.pk_model import PKModel
from kairos.domain.pharmacology.receptor import Receptor
from kairos.domain.pharmacology.substances import Substance
from kairos.domain.protocols.fasting import FastingRow
from kairos.domain.protocols.support_training import SupportTraining
from kairos.domain.protocols.therapy import TherapyType
from kairos.domain.protocols.treatment_protocol import TreatmentProtocol
from kairos.domain.rules.interactions import NO_INTERACTIONS, InteractionGrid
from kairos.domain.rules.rule import Question, Rule
from kairos.domain.safety.danger_words import DangerWords
from kairos.domain.safety.red_flags import RedFlags
from kairos.domain.safety.rescue import RescueMedicines


@dataclass(frozen=True, slots=True)
class ContentRelease:
    """What one set of content files says. Equal files, equal ``version``; ``source`` is the files."""

    version: str
    citations: Mapping[str, Citation]
    parameters: ParameterBook
    texts: TextBook
    concepts: ConceptMap
    regulation: RegulatoryBook
    source: ContentSource = field(default=ContentSource(()), repr=False, compare=False)
    claims: Mapping[str, GradedClaim] = field(default_factory=dict)
    figures: Mapping[str, Figure] = field(default_factory=dict)
    aid: Mapping[str, DecisionAid] = field(default_factory=dict)
    mechanism: Mapping[str, MechanismMap] = field(default_factory=dict)
    rules: Mapping[str, Rule] = field(default_factory=dict)
    questions: Mapping[str, Question] = field(default_factory=dict)
    workup: tuple[WorkupItem, ...] = ()
    barred: tuple[BarredUse, ...] = ()
    fasting: tuple[FastingRow, ...] = ()
    intake: tuple[IntakeTopic, ...] = ()
    instruments: Mapping[str, Instrument] = field(default_factory=dict)
    surveys: Mapping[str, SurveySource] = field(default_factory=dict)
    crisis: Mapping[str, CrisisBook] = field(default_factory=dict)
    protocols: Mapping[str, TreatmentProtocol] = field(default_factory=dict)
    consents: ConsentBook = field(default_factory=ConsentBook)
    interactions: InteractionGrid = NO_INTERACTIONS
    orders: OrderWords = NO_ORDER_WORDS
    standards: Standards = field(default_factory=Standards)
    substances: Mapping[str, Substance] = field(default_factory=dict)
    absorption: Mapping[str, AbsorptionTable] = field(default_factory=dict)
    models: Mapping[str, PKModel] = field(default_factory=dict)
    receptors: Mapping[str, Receptor] = field(default_factory=dict)
    effects: tuple[EffectRange, ...] = ()
    expected: Mapping[str, ExpectedBy] = field(default_factory=dict)
    event_terms: Mapping[str, str] = field(default_factory=dict)
    red_flags: tuple[RedFlags, ...] = ()
    scorecard: Mapping[str, tuple[ScoreItem, ...]] = field(default_factory=dict)
    danger_words: Mapping[str, DangerWords] = field(default_factory=dict)
    keeping: Mapping[str, tuple[KeepingLine, ...]] = field(default_factory=dict)
    rescue: RescueMedicines = field(default_factory=dict)
    support_training: Mapping[str, SupportTraining] = field(default_factory=dict)
    therapy: Mapping[str, TherapyType] = field(default_factory=dict)
    integration: Mapping[str, DaysAfter] = field(default_factory=dict)
    preparation: tuple[PreparationItem, ...] = ()


@cache
def load_release() -> ContentRelease:
    """Return the release that ships with the program, read once in a process.

    Raises
    ------
    ContentError    all faults of all files, each with file and line
    """
    return build_release(read_source())


def build_release(source: ContentSource) -> ContentRelease:
    """Check and assemble a release. A new kind of content is one line here and one ``load_<kind>.py``."""
    lint = Lint()
    citations = load_citations(source, lint)
    lint.citations = frozenset(citations)
    parameters = load_parameters(source, lint)
    texts = load_texts(source, lint)
    claims, figures = load_claims(source, lint), load_figures(source, lint)
    concepts = load_concepts(source, lint)
    instruments = load_instruments(source, lint)
    interactions = load_interactions(source, lint, concepts=concepts, parameters=parameters, texts=texts)
    ruled = load_rules(
        source,
        lint,
        parameters=parameters,
        concepts=concepts,
        texts=texts,
        instruments=instruments,
        interactions=interactions,
    )
    release = ContentRelease(
        version=source.version,
        source=source,
        citations=citations,
        parameters=parameters,
        protocols=load_protocols(source, parameters, lint),
        texts=texts,
        concepts=concepts,
        regulation=load_regulation(source, lint, texts=texts, claims=claims),
        claims=claims,
        figures=figures,
        aid=load_aid(source, lint, claims=claims, figures=figures),
        mechanism=load_mechanism(source, lint),
        rules=ruled.rules,
        questions=ruled.questions,
        workup=ruled.workup,
        barred=ruled.barred,
        fasting=load_fasting(source, lint, parameters=parameters),
        intake=load_intake(source, lint, questions=ruled.questions, texts=texts),
        instruments=instruments,
        surveys=load_sources(source, lint, instruments=instruments),
        crisis=load_crisis(source, lint),
        consents=load_consents(source, lint),
        interactions=interactions,
        orders=load_order_words(source, lint),
        standards=load_standards(source, lint, texts=texts),
        **_of_pharmacology(source, lint, citations=citations, texts=texts),
        **_of_safety(source, lint, concepts=concepts, texts=texts),
        support_training=load_support_training(source, lint),
        therapy=load_therapy(source, lint, parameters=parameters, texts=texts, claims=claims),
        integration=load_integration(source, lint, parameters=parameters, texts=texts, claims=claims),
        preparation=load_preparation(source, lint, texts=texts),
    )
    lint.finish()
    return release


def _of_pharmacology(
    source: ContentSource, lint: Lint, *, citations: Mapping[str, Citation], texts: TextBook
) -> dict[str, Any]:
    """Return what simulations rest on: substances, absorption, models, receptors, effects, expectations."""
    substances, absorption = load_substances(source, lint), load_absorption(source, lint)
    models = load_models(source, lint, citations=citations, substances=substances, absorption=absorption)
    return {
        "substances": substances,
        "absorption": absorption,
        "models": models,
        "receptors": load_receptors(source, lint, substances=substances, texts=texts),
        "effects": load_effects(source, lint, substances=substances, texts=texts),
        "expected": load_expected(source, lint, models=models, texts=texts),
    }


def _of_safety(source: ContentSource, lint: Lint, *, concepts: ConceptMap, texts: TextBook) -> dict[str, Any]:
    """Return what concerns side effects and events: terms, the red-flag card, medicines at hand."""
    return {
        "event_terms": load_event_terms(source, lint, texts=texts),
        "red_flags": load_red_flags(source, lint, texts=texts),
        "scorecard": load_scorecard(source, lint),
        "danger_words": load_danger_words(source, lint),
        "keeping": load_keeping(source, lint, texts=texts),
        "rescue": load_rescue(source, lint, concepts=concepts, texts=texts),
    }
