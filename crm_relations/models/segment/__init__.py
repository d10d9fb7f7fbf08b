from . import crm_tier
from . import crm_rule_mixin
from . import crm_tier_cut
from . import crm_tier_scheme
from . import crm_tier_change
from . import crm_reason
from . import res_partner
