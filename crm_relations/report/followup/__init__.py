from . import crm_workload_report
from . import crm_target_result
