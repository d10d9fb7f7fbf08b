from . import crm_reception_consultant
from . import crm_reception
from . import crm_reception_turn
from . import crm_reception_present
