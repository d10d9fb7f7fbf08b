from . import crm_pool_batch_digest
from . import crm_customer_share
from . import crm_lead
from . import sale_order
from . import res_partner_share
from . import res_partner_transfer
from . import base_partner_merge
from . import crm_my_day
