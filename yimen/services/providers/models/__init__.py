"""Tables of providers: what work was agreed and submitted, and whom an organisation cares for or refers."""

from yimen.services.providers.models.patients import Opening, Patient, PatientNote, Referral
from yimen.services.providers.models.works import AgreedWork, Submission

__all__ = ["AgreedWork", "Opening", "Patient", "PatientNote", "Referral", "Submission"]
