from . import crm_archive_requirement
from . import res_partner
from . import crm_account_understanding
