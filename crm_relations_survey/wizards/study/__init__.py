from . import crm_satisfaction_ready
