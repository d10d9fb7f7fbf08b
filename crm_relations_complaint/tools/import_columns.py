"""Which column of somebody's table is what, and what its cells say."""

import re

NOTE, SKIP = "note", "skip"

# What columns are called, told without capitals, spaces and signs.
NAMES = {
    "reference": (
        *("reference", "ref", "number", "complaintnumber", "complaintid", "caseid"),
        *("odinumber", "casenumber", "编号", "投诉编号", "单号", "受理编号"),
    ),
    "subject": (
        *("subject", "title", "summary", "make", "model", "year"),
        *("主题", "标题", "品牌", "车型", "年款"),
    ),
    "facts": (
        *("facts", "narrative", "description", "details", "complaint", "whathappened"),
        *("投诉内容", "内容", "描述", "事实", "经过"),
    ),
    "demand": ("demand", "request", "desiredresolution", "诉求", "要求", "客户诉求"),
    "occurred_on": (
        *("occurredon", "faildate", "incidentdate", "dateofincident"),
        *("发生日期", "发生时间"),
    ),
    "category": (
        *("category", "component", "issue", "type", "投诉类别", "类别", "部件"),
    ),
    "lot": ("lot", "serial", "vin", "plate", "车架号", "车牌号", "批号", "序列号"),
    "product": ("product", "item", "产品", "商品"),
    "customer": ("customer", "customernumber", "客户", "客户编号"),
    "caller_name": (
        *("name", "caller", "callername", "complainant", "city", "state"),
        *("姓名", "投诉人", "来电人", "城市", "省份"),
    ),
    "caller_phone": ("phone", "telephone", "mobile", "电话", "手机", "联系电话"),
    "caller_email": ("email", "emailaddress", "mail", "邮箱", "电子邮件"),
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
NO = {"", "n", "no", "false", "否", "无", "-"}


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
