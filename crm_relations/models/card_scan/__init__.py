from . import res_company
from . import res_config_settings
from . import crm_card_scan
from . import crm_card_scan_read
from . import crm_card_scan_known
from . import crm_card_scan_make
from . import crm_my_day
