from . import crm_sms_log
from . import crm_public_try
from . import crm_public_form
from . import sms_sms
from . import crm_hidden_value
from . import res_company
from . import res_config_settings
from . import res_partner_consent
