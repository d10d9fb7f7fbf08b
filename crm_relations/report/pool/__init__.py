from . import crm_pool_board
from . import crm_workload_report
