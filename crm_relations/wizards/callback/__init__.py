from . import crm_callback_lead_wizard
