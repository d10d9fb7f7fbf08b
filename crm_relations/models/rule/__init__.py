from . import crm_reason
from . import crm_decision_mixin
from . import crm_rule_mixin
from . import crm_decision_queue
from . import crm_decision_preview
from . import res_company
from . import res_partner
from . import res_partner_history
