from . import crm_care_wizard
