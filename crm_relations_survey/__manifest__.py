{
    "name": "Customer Relations: Satisfaction",
    "summary": "Satisfaction of customers, by factors, from Odoo surveys",
    "version": "19.0.1.0.0",
    "category": "Sales/CRM",
    "author": "Customer Relations for Odoo contributors",
    "license": "LGPL-3",
    "depends": ["crm_relations", "survey"],
    "data": ["security/crm_relations_survey_groups.xml"],
    "demo": ["demo/res_users_demo.xml"],
}
