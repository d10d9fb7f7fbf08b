from . import crm_satisfaction_ask_wizard
