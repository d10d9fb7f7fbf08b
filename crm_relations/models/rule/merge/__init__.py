from . import crm_partner_link
from . import crm_partner_link_facts
from . import crm_partner_link_rows
from . import res_partner_links
from . import base_partner_merge
from . import base_partner_merge_links
from . import crm_lead
