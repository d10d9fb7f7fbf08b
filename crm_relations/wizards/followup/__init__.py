from . import crm_call_assign_wizard
from . import crm_visit_wizard
from . import crm_postpone_wizard
