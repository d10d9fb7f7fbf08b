from . import crm_complaint_quick
from . import crm_complaint_import
from . import crm_complaint_import_column
from . import crm_complaint_import_line
from . import crm_complaint_import_read
from . import crm_complaint_import_run
