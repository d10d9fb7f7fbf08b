{
    "name": "Customer Relations: Satisfaction",
    "summary": "Satisfaction of customers, by factors, from Odoo surveys",
    "version": "19.0.1.1.0",
    "category": "Sales/CRM",
    "author": "Customer Relations for Odoo contributors",
    "license": "LGPL-3",
    "depends": ["crm_relations", "survey"],
    "data": [
        "security/crm_relations_survey_groups.xml",
        "security/study/study_rules.xml",
        "security/response/response_rules.xml",
        "security/ir.model.access.csv",
        "views/study/crm_satisfaction_study_views.xml",
        "views/study/crm_satisfaction_factor_views.xml",
        "views/study/crm_satisfaction_item_views.xml",
        "views/response/crm_satisfaction_response_views.xml",
        "views/response/crm_satisfaction_study_views.xml",
        "views/crm_relations_survey_menus.xml",
    ],
    "demo": ["demo/res_users_demo.xml"],
    "assets": {
        "web.assets_backend": [
            "crm_relations_survey/static/src/**/*",
        ],
        "web.assets_tests": [
            "crm_relations_survey/static/tests/tours/**/*",
        ],
    },
}
