from . import crm_care_wizard
from . import crm_care_programme_wizard
