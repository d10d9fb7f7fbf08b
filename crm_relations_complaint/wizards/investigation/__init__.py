from . import crm_complaint_action_wizard
from . import crm_complaint_prevention_wizard
