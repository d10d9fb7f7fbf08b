from . import crm_not_now_wizard
