from . import crm_complaint_act_wizard
