from . import crm_archive_upkeep
from . import crm_archive_upkeep_refresh
from . import crm_archive_upkeep_verify
from . import crm_custodian_rule
from . import crm_my_day
from . import crm_reason
from . import crm_tier
from . import res_partner
