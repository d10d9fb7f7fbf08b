from . import crm_pool
from . import crm_pool_rule
from . import crm_pool_release
from . import crm_pool_batch
from . import crm_ownership_change
from . import crm_reason
from . import res_partner
from . import res_partner_owner
