from . import crm_complaint_crisis_wizard
from . import crm_refusal_wizard
