from . import crm_satisfaction_response
from . import crm_my_day
from . import base_partner_merge
from . import res_partner
from . import res_partner_evidence
from . import res_partner_history
from . import res_partner_overview
from . import res_users
