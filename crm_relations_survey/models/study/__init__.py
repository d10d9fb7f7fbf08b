from . import crm_satisfaction_study
from . import crm_satisfaction_factor
from . import crm_satisfaction_item
from . import crm_satisfaction_item_choice
