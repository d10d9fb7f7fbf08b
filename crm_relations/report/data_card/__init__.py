from . import crm_customer_card
