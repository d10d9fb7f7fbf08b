"""Words by which the lines of a business card are told apart."""

import re


def _any(*words):
    return "|".join(words)


CHINESE = re.compile(r"[\u3400-\u9fff]")
GAP = r"(?:\s|(?=[^\w])|$)"

# The commonest family names, some 95 of 100 people in China; double ones first.
DOUBLE_NAMES = frozenset(
    "欧阳 司马 上官 诸葛 皇甫 令狐 慕容 司徒 "
    "东方 南宫 夏侯 尉迟 公孙 长孙 宇文 端木".split()
)
FAMILY_NAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林郑谢罗梁宋唐许韩冯邓曹彭曾肖萧田董袁潘于蒋蔡余"
    "杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付傅方白邹孟熊秦邱江尹薛闫阎段雷侯"
    "龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳"
    "翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷曲盛冉翁蓝路游"
    "辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤时穆司古吉车项连芦麦褚娄窦戚岑景党宫费卜冷晏席"
    "卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明池查麻苑迟"
    "張劉陳楊黃趙吳孫馬鄭謝羅許韓馮鄧蕭葉蘇魏呂盧鍾譚陸範賈韋鄒龍賀顧龔邵萬錢嚴戴湯溫齊喬"
)

# What an organisation is called, at its end or anywhere.
COMPANY_ENDS_ZH = _any(
    *("有限责任公司", "股份有限公司", "有限公司", "有限公司分公司", "分公司", "公司"),
    *("集团", "集團", "事务所", "研究院", "研究所", "大学", "学院", "医院", "银行"),
    *("工厂", "商行", "经营部", "合作社", "工作室", "协会", "商会", "基金会", "厂"),
    *("代表处", "办事处", "专卖店", "4S店", "旗舰店", "酒店", "设计院", "服务中心"),
    *("贸易行", "俱乐部", "出版社", "委员会", "管理局", "车行", "总店"),
    *("分行", "支行", "营业部", "分所", "株式会社", "有限会社", "合同会社"),
)
COMPANY_ZH = re.compile(
    rf"^[\w()·&.\s-]{{0,40}}?(?:{COMPANY_ENDS_ZH})(?:\([^)]*\))?$"
    # A Japanese company begins with its form.
    r"|^(?:株式会社|有限会社|合同会社|\(株\)|\(有\))\s*\w"
)
# Nothing but the end of a name whose beginning stands on the line before.
COMPANY_REST = re.compile(
    r"^(?:\([^)]*\)\s*)?(?:股份)?(?:有限(?:责任)?公司|集团|分公司)$"
    r"|^(?:\([^)]*\)\s*)?(?:Co\.?,?\s*)?(?:Ltd|Limited|Inc|LLC|GmbH|Corp(?:oration)?)"
    r"\.?(?:\s*&\s*Co\.?\s*KG)?$",
    re.IGNORECASE,
)
COMPANY_EN = re.compile(
    r"(?:\b(?:Co\.?\s*,?\s*Ltd|Ltd|Limited|Inc|Incorporated|Corp|Corporation|LLC|LLP|"
    r"L\.L\.C|PLC|GmbH|mbH|AG|KG|OHG|e\.?K|S\.?A\.?S?|S\.?r\.?l|S\.?p\.?A|B\.?V|N\.?V|"
    r"Pty|Oy|AB|ApS|A/S|S\.?L|Sdn\.?\s*Bhd|Bhd|Pte|K\.?K|Company|"
    r"LTD|LIMITED|INC|INCORPORATED|CORP|CORPORATION|GMBH|COMPANY)\b\.?"
    r"|\b(?:GROUP|HOLDINGS?|UNIVERSITY|INSTITUTE|HOSPITAL|BANK|ASSOCIATION)\b"
    r"|\b(?:Group|Holdings?|University|Institute|Hospital|Bank|Association|College|"
    r"Foundation|Partners|Associates|Brothers|& Sons|& Co)\b\.?)",
)
COMPANY_MARK = re.compile(
    r"\b(?:Technolog(?:y|ies)|Industr(?:y|ies|ial)|Trading|Solutions|Systems|Services|"
    r"Consulting|Logistics|Motors|Electronics|Machinery|Tools|Software|Foods?|Studio|"
    r"International|Enterprises?|Works|Labs?|Energy|Media|Pharma|Automotive)\b",
    re.IGNORECASE,
)

TITLES_ZH = _any(
    *(
        "董事长",
        "副董事长",
        "董事",
        "总裁",
        "副总裁",
        "总经理",
        "副总经理",
        "总经理助理",
    ),
    *("经理", "副经理", "总监", "副总监", "主管", "主任", "副主任", "工程师", "总工"),
    *(
        "顾问",
        "代表",
        "专员",
        "助理",
        "秘书",
        "主席",
        "合伙人",
        "创始人",
        "律师",
        "会计师",
    ),
    *(
        "会计",
        "出纳",
        "教授",
        "副教授",
        "讲师",
        "厂长",
        "部长",
        "科长",
        "处长",
        "院长",
        "所长",
    ),
    *("店长", "行长", "校长", "局长", "采购员", "业务员", "销售员", "设计师", "架构师"),
    *(
        "分析师",
        "策划",
        "编辑",
        "记者",
        "医师",
        "医生",
        "法人",
        "负责人",
        "组长",
        "班长",
    ),
    *(
        "首席执行官",
        "首席技术官",
        "首席财务官",
        "首席运营官",
        "首席代表",
        "研究员",
        "业务经理",
    ),
    *(
        "经纪人",
        "理财师",
        "技术员",
        "翻译",
        "培训师",
        "教练",
        "老板",
        "采购",
        "理事长",
        "会长",
    ),
    *(
        "秘书长",
        "合作伙伴",
        "联合创始人",
        "總經理",
        "經理",
        "總監",
        "工程師",
        "董事長",
        "主任",
    ),
)
TITLE_ZH = re.compile(
    rf"(?:{TITLES_ZH})(?:\([^)]*\))?(?=$|[\s/、,·|]|[\u3400-\u9fff]{{0,8}}(?:{TITLES_ZH}))"
)
DEPARTMENT_ZH = re.compile(r"^[\u3400-\u9fff]{1,10}(?:部|事业部|中心|处|科|室|办公室)$")
TITLE_EN = re.compile(
    r"\b(?:Manager|Director|Engineer|President|Officer|Representative|Executive|"
    r"Assistant|Consultant|Partner|Founder|Co-?Founder|Chairman|Chairwoman|Chair|Head|"
    r"Specialist|Buyer|Supervisor|Owner|Accountant|Analyst|Designer|Developer|"
    r"Coordinator|Administrator|Professor|Lecturer|Secretary|Attorney|Lawyer|Architect|"
    r"Advis[eo]r|Agent|Broker|Trainer|Technician|Planner|Scientist|Researcher|Editor|"
    r"Sales|Marketing|Purchasing|Procurement|Principal|Leader|Lead|Controller|Treasurer|"
    r"CEO|CTO|CFO|COO|CIO|CMO|VP|SVP|EVP|Vice|Gesch\u00e4ftsf\u00fchrer(?:in)?|"
    r"Leiter(?:in)?|Vertrieb|Vertriebsleiter(?:in)?|Einkauf|Einkaufsleiter(?:in)?|"
    r"Prokurist(?:in)?|Directeur|Directrice|G\u00e9rant|Ingenieur|Inhaber(?:in)?|"
    r"Directora?|Gerente|Jefe|Responsable)\b",
    re.IGNORECASE,
)
DEPARTMENT_EN = re.compile(
    r"\b(?:Department|Dept\.?|Division|Business Unit|Abteilung)\b", re.IGNORECASE
)
# Behind a name, no part of it.
DEGREES = re.compile(
    r",?\s*\b(?:MBA|EMBA|Ph\.?\s?D|M\.?Sc|B\.?Sc|CPA|P\.?E|PMP|M\.?D|J\.?D|Esq)\b\.?"
)
SALUTATION = re.compile(r"^(?:Mr|Ms|Mrs|Miss|Dr|Prof|Dipl\.-Ing|Ing)\b\.?\s*", re.I)
SALUTATION_ZH = re.compile(r"(?:先生|女士|小姐|博士|教授)$")
GENERIC_BOXES = frozenset(
    "info sales office contact service support admin mail hello hr marketing "
    "export import enquiry inquiry market xiaoshou kefu".split()
)
