from . import crm_satisfaction_settle_wizard
