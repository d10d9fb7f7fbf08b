from . import crm_care_rule
from . import crm_care_generator
from . import crm_care_task
from . import crm_reason
from . import base_partner_merge
from . import mail_activity
from . import res_partner
from . import res_users
