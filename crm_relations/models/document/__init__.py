from . import crm_document_kind
from . import crm_customer_document
from . import crm_customer_document_file
from . import crm_document_due
from . import ir_attachment
from . import ir_binary
from . import res_partner
