from . import crm_answer_summary
from . import crm_answer_line
