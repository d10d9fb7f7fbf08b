from . import crm_my_day
from . import crm_my_day_card
from . import crm_my_day_target
from . import crm_my_day_archive
from . import crm_daily_digest
from . import crm_daily_digest_delivery
