from . import crm_refusal_wizard
