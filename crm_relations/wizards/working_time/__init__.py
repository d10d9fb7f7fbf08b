from . import crm_public_holiday_line
from . import crm_public_holiday_wizard
