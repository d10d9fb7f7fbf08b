from . import crm_tier_override_wizard
from . import crm_lost_customer_wizard
from . import crm_lost_customer_wizard_line
from . import crm_win_back_wizard
from . import mail_activity_schedule
