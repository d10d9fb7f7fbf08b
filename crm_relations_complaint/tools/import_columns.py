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
YES = {"y", "yes", "true", "x", "是", "有"}
NO = {"", "n", "no", "false", "否", "无", "-"}


def guess(header):
    """Return what a column is likely to be; what is not known is kept as a note."""
    return KNOWN.get(re.sub(r"[\W_]+", "", header.lower()), NOTE)


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
