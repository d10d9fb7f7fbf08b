from . import crm_stay_wizard
