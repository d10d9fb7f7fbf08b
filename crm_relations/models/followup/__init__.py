from . import crm_followup_kind
from . import crm_followup
from . import res_partner
from . import base_partner_merge
