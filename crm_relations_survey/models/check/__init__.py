from . import crm_satisfaction_check
from . import crm_satisfaction_check_line
from . import crm_satisfaction_check_finish
