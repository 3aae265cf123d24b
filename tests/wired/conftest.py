"""All tests here are watched for words about a person in the logs."""

from tests.support.log_watch import nothing_of_a_person_is_logged  # noqa: F401 - a fixture
