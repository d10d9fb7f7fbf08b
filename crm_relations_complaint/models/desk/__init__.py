from . import crm_complaint
from . import crm_complaint_undo
from . import crm_complaint_line
from . import crm_complaint_desk
