{
    "name": "Customer Relations: Complaints",
    "summary": "Complaints with clocks, from the first word to the confirmed solution",
    "version": "19.0.1.0.0",
    "category": "Sales/CRM",
    "author": "Customer Relations for Odoo contributors",
    "license": "LGPL-3",
    "depends": ["crm_relations", "rating", "portal", "resource"],
    "data": ["security/crm_relations_complaint_groups.xml"],
    "demo": ["demo/res_users_demo.xml"],
}
