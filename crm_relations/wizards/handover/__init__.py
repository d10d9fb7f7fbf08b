from . import crm_handover_line
from . import crm_handover_preview
from . import crm_handover_wizard
from . import crm_leaver_receiver
from . import crm_leaver_wizard
from . import crm_share_wizard
