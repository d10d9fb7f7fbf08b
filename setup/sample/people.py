"""Made-up people for real purchase histories: names, cities, telephone numbers.

The numbers are those that the North American Numbering Plan keeps for fiction
(555-0100 to 555-0199 of each area code): they ring nowhere.
"""

from random import Random

# City, state, area code: a hundred numbers each.
CITIES = [
    *[("San Francisco", "CA", "628"), ("Los Angeles", "CA", "213")],
    *[("San Diego", "CA", "619"), ("Oakland", "CA", "510"), ("San Jose", "CA", "408")],
    *[("Sacramento", "CA", "916"), ("Seattle", "WA", "206"), ("Portland", "OR", "503")],
    *[("New York", "NY", "212"), ("Brooklyn", "NY", "718"), ("Albany", "NY", "518")],
    *[("Boston", "MA", "617"), ("Chicago", "IL", "312"), ("Houston", "TX", "713")],
    *[("Dallas", "TX", "214"), ("Austin", "TX", "512"), ("Philadelphia", "PA", "215")],
    *[("Pittsburgh", "PA", "412"), ("Atlanta", "GA", "404"), ("Miami", "FL", "305")],
    *[("Denver", "CO", "303"), ("Phoenix", "AZ", "602"), ("Las Vegas", "NV", "702")],
    *[("Minneapolis", "MN", "612"), ("Honolulu", "HI", "808")],
]
SURNAMES = (
    "王 Wang,李 Li,张 Zhang,刘 Liu,陈 Chen,杨 Yang,黄 Huang,赵 Zhao,吴 Wu,周 Zhou,"
    "徐 Xu,孙 Sun,马 Ma,朱 Zhu,胡 Hu,郭 Guo,何 He,林 Lin,高 Gao,罗 Luo,郑 Zheng,"
    "梁 Liang,谢 Xie,宋 Song,唐 Tang,许 Xu,邓 Deng,冯 Feng,韩 Han,曹 Cao,曾 Zeng,"
    "彭 Peng,萧 Xiao,蔡 Cai,潘 Pan,田 Tian,董 Dong,袁 Yuan,于 Yu,余 Yu"
).split(",")
GIVEN = (
    "伟 Wei,芳 Fang,秀英 Xiuying,娜 Na,敏 Min,静 Jing,丽 Li,强 Qiang,磊 Lei,洋 Yang,"
    "艳 Yan,勇 Yong,军 Jun,杰 Jie,娟 Juan,涛 Tao,明 Ming,超 Chao,霞 Xia,刚 Gang,"
    "桂英 Guiying,建华 Jianhua,志强 Zhiqiang,海燕 Haiyan,晓东 Xiaodong,雪梅 Xuemei,"
    "文博 Wenbo,子涵 Zihan,雨桐 Yutong,浩然 Haoran,思远 Siyuan,佳怡 Jiayi,国栋 Guodong,"
    "玉兰 Yulan,振华 Zhenhua,慧 Hui,鹏 Peng,婷 Ting,亮 Liang,莹 Ying"
).split(",")
FIRST_NAMES = (
    "Alice,Brian,Carol,Daniel,Emily,Frank,Grace,Henry,Irene,Jack,Karen,Louis,Martha,"
    "Nathan,Olivia,Peter,Quentin,Rachel,Samuel,Teresa,Ursula,Victor,Wendy,Xavier,"
    "Yvonne,Zachary,Amelia,Bernard,Cecilia,Douglas,Eleanor,Felix,Gloria,Howard,Isabel,"
    "Jerome,Kathleen,Leonard,Miranda,Norman"
).split(",")
LAST_NAMES = (
    "Abbott,Barnes,Calloway,Dalton,Ellison,Fairbanks,Garrett,Holloway,Ingram,Jennings,"
    "Kendall,Lawson,Merritt,Norwood,Osborne,Pruitt,Quigley,Radcliffe,Sheridan,Thornton,"
    "Underwood,Vance,Whitaker,Yates,Zimmer,Ashworth,Brantley,Cromwell,Drummond,Everett,"
    "Forsythe,Goodwin,Hathaway,Irving,Jessup,Kirkland,Lockhart,Maddox,Nichols,Prescott"
).split(",")


def make_chinese(surname, given):
    """Return a name in both scripts.

    >>> make_chinese("王 Wang", "秀英 Xiuying")
    '王秀英 Wang Xiuying'
    """
    character, spelled = surname.split()
    characters, given_spelled = given.split()
    return f"{character}{characters} {spelled} {given_spelled}"


def make_people(count):
    """Return ``[(name, city, state, phone, the same as dialled)]``: always the same,
    half of them Chinese, no name and no number twice; 2,500 at most."""
    chance = Random("CDNOW")
    chinese = [make_chinese(surname, given) for surname in SURNAMES for given in GIVEN]
    english = [f"{first} {last}" for first in FIRST_NAMES for last in LAST_NAMES]
    half = count // 2
    names = chance.sample(chinese, half) + chance.sample(english, count - half)
    chance.shuffle(names)
    places = [(*city, number) for city in CITIES for number in range(100, 200)]
    return [
        (name, city, state, f"+1 {area}-555-0{number}", f"+1{area}5550{number}")
        for name, (city, state, area, number) in zip(
            names, chance.sample(places, count), strict=True
        )
    ]
