from . import crm_satisfaction_study
from . import crm_satisfaction_response
from . import crm_satisfaction_score
