from . import crm_reception_consultant
from . import crm_reception
from . import crm_reception_turn
from . import res_users
from . import crm_reception_present
