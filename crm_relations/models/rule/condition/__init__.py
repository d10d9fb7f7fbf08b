from . import crm_condition_mixin
from . import crm_emptied_mixin
from . import crm_team
from . import res_country
from . import res_country_state
from . import res_partner_category
from . import res_partner_industry
