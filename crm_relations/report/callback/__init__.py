from . import crm_callback_report
from . import crm_callback_rate
from . import crm_workload_report
