from . import crm_complaint_escalation_step
from . import crm_complaint_policy
from . import crm_complaint_escalation_step_ladder
from . import crm_complaint_escalation
from . import crm_complaint_escalation_told
from . import crm_complaint_escalation_job
from . import crm_complaint_clock
from . import crm_complaint
