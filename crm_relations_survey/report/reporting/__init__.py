from . import crm_satisfaction_mailing
from . import crm_satisfaction_mailing_send
from . import crm_satisfaction_edition
from . import crm_satisfaction_edition_pages
from . import crm_satisfaction_edition_trend
