from . import crm_stay_wizard
from . import crm_refusal_wizard
