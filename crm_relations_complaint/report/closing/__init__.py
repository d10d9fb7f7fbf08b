from . import crm_complaint_certificate
