from . import crm_account_plan
from . import res_company
from . import res_config_settings
from . import res_partner
from . import res_partner_gaps
