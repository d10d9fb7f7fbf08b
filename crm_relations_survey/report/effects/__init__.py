from . import crm_workload_report
