from . import crm_workload_report
from . import crm_care_report
