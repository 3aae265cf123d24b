"""Other people's Questionnaires and QuestionnaireResponses, read by what their codes say.

``read_questionnaire(bytes or resource) -> ForeignQuestionnaire`` and
``read_response(resource, questionnaire, instruments) -> ReadResponse``. Pure of files and of the database.
"""

from kairos.interop.fhir.questionnaires.foreign import ForeignQuestionnaire, Question, read_questionnaire
from kairos.interop.fhir.questionnaires.response import ReadInstrument, ReadResponse, read_response

__all__ = [
    "ForeignQuestionnaire",
    "Question",
    "ReadInstrument",
    "ReadResponse",
    "read_questionnaire",
    "read_response",
]
