"""Which column of somebody's table is what, and what its cells say."""

import re

NOTE, SKIP = "note", "skip"

# What columns are called, told without capitals, spaces and signs.
NAMES = {
    "reference": (
        *("reference", "ref", "number", "complaintnumber", "complaintid", "caseid"),
        *("odinumber", "casenumber", "caseno", "complaintno", "referencenumber"),
        *("ticketid", "ticketnumber", "ticketno", "reklamationsnummer"),
        *(
            "编号",
            "投诉编号",
            "单号",
            "受理编号",
            "登记编号",
            "登记号",
            "工单号",
            "工单编号",
        ),
        *("投诉单号", "案件编号"),
    ),
    "subject": (
        *("subject", "title", "summary", "make", "model", "year"),
        *(
            "ticketsubject",
            "betreff",
            "主题",
            "标题",
            "投诉标题",
            "品牌",
            "车型",
            "年款",
        ),
    ),
    "facts": (
        *("facts", "narrative", "description", "details", "complaint", "whathappened"),
        *("consumercomplaintnarrative", "complaintwhathappened", "complaintnarrative"),
        *("complaintdescription", "complaintdetails", "complainttext", "body"),
        *("ticketdescription", "beschreibung"),
        *(
            "投诉内容",
            "内容",
            "描述",
            "事实",
            "经过",
            "问题描述",
            "投诉事由",
            "反映内容",
        ),
    ),
    "demand": (
        *("demand", "request", "desiredresolution", "remedysought", "诉求", "要求"),
        *("客户诉求", "诉求内容", "投诉诉求", "投诉请求"),
    ),
    "occurred_on": (
        *("occurredon", "faildate", "incidentdate", "dateofincident"),
        *("dateofoccurrence", "failuredate"),
        *("发生日期", "发生时间", "事发日期", "事发时间"),
    ),
    "category": (
        *("category", "component", "components", "issue", "type", "complainttype"),
        *("complaintcategory", "tickettype", "casetype"),
        *("投诉类别", "类别", "部件", "投诉类型", "投诉分类", "问题类别", "问题类型"),
    ),
    "lot": (
        *("lot", "serial", "serialnumber", "vin", "plate"),
        *("车架号", "车牌号", "批号", "序列号"),
    ),
    "product": (
        *("product", "item", "productname", "productpurchased"),
        *("产品", "商品", "产品名称", "商品名称", "涉及商品"),
    ),
    "customer": ("customer", "customernumber", "客户", "客户编号"),
    "caller_name": (
        *("name", "caller", "callername", "complainant", "city", "state"),
        *("contactname", "customername", "consumername", "complainantname"),
        *("requester", "kunde", "姓名", "投诉人", "来电人", "城市", "省份"),
        *("投诉人姓名", "消费者", "消费者姓名", "客户姓名", "联系人"),
    ),
    "caller_phone": (
        *("phone", "telephone", "mobile", "phonenumber", "contactphone", "telefon"),
        *(
            "customerphone",
            "电话",
            "手机",
            "联系电话",
            "手机号",
            "手机号码",
            "联系方式",
        ),
        "投诉人电话",
    ),
    "caller_email": (
        *("email", "emailaddress", "mail", "contactemail", "customeremail"),
        *("requesteremail", "邮箱", "电子邮件", "电子邮箱", "邮箱地址"),
    ),
    "safety": (
        *("safety", "crash", "fire", "injured", "injuries", "deaths", "fatalities"),
        *("安全", "碰撞", "起火", "受伤", "死亡"),
    ),
}
KNOWN = {name: target for target, names in NAMES.items() for name in names}
# A table to begin with, in English and Chinese: what each column is called, and says.
TEMPLATE = {
    "reference": ("Reference", "投诉编号", "A-1001", "A-1001"),
    "customer": ("Customer number", "客户编号", "", ""),
    "caller_name": ("Name", "姓名", "Joan Price", "王芳"),
    "caller_phone": ("Phone", "电话", "+44 20 7946 0018", "138 0013 8000"),
    "caller_email": ("E-mail", "邮箱", "joan@example.com", "wangfang@example.com"),
    "category": ("Category", "投诉类别", "", ""),
    "subject": ("Subject", "主题", "Seal is torn", "密封条破损"),
    "facts": (
        *("Description", "投诉内容", "The seal of the left door is torn."),
        "左前门密封条破损。",
    ),
    "demand": ("Request", "客户诉求", "A new seal", "更换密封条"),
    "occurred_on": ("Occurred on", "发生日期", "2026-01-31", "2026-01-31"),
    "product": ("Product", "产品", "", ""),
    "lot": ("Lot", "批号", "L2411-07", "L2411-07"),
    "safety": ("Safety", "安全", "no", "否"),
}
YES = {"y", "yes", "true", "x", "是", "有"}
NO = {"", "n", "no", "false", "否", "无", "-", "n/a", "na", "none", "null", "不适用"}


def guess(header):
    """Return what a column is likely to be; what is not known is kept as a note."""
    return KNOWN.get(re.sub(r"[\W_]+", "", header.lower()), NOTE)


def get_template(is_chinese):
    """Return the names of the columns of a table to begin with, and an example."""
    names = [line[int(is_chinese)] for line in TEMPLATE.values()]
    return [names, [line[2 + int(is_chinese)] for line in TEMPLATE.values()]]


def read_danger(text):
    """Return whether somebody came to harm: a yes, or a number above zero.

    :raise ValueError: neither yes, no nor number
    """
    word = text.strip().lower()
    if word in YES:
        return True
    if word in NO:
        return False
    return float(word) > 0
