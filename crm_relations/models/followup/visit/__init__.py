from . import crm_followup_visit
from . import crm_followup_measure
from . import crm_followup_check_in
from . import res_partner_position
from . import res_partner_nearby
from . import res_partner_visit
from . import crm_visit_nearby
