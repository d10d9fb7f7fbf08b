from . import crm_care_programme_wizard
