"""Business cards drawn for tests, in Chinese and English, as a phone takes them: turned
a little, blurred, with noise, and what a reader should find on each."""

import io
import random
import subprocess

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont

from ...tools import card_address, card_text

SIZE = (1080, 640)
FAMILIES = ("张", "王", "李", "陈", "刘", "欧阳", "周", "吴", "徐", "郑", "何", "曹")
GIVEN = ("伟", "建国", "丽娜", "志强", "敏", "晓明", "文静", "海涛", "雪", "俊杰")
CITIES = (
    ("广东省", "深圳市", "南山区科技园南路12号3栋501室", "518057", "0755", "宏达"),
    ("浙江省", "杭州市", "西湖区文三路478号华星大厦8楼", "310012", "0571", "远航"),
    ("江苏省", "苏州市", "工业园区星湖街328号创意产业园", "215123", "0512", "金鼎"),
    ("上海市", "上海市", "浦东新区世纪大道1500号东方大厦", "200122", "021", "汇通"),
    ("北京市", "北京市", "朝阳区建国路88号SOHO现代城A座", "100022", "010", "华信"),
    ("山东省", "青岛市", "市南区香港中路61号", "266071", "0532", "海润"),
)
TRADES = (
    "电子科技",
    "机械设备",
    "国际贸易",
    "汽车销售服务",
    "建筑材料",
    "食品",
    "医疗器械",
)
TITLES = (
    "总经理",
    "销售总监",
    "采购经理",
    "副总经理",
    "区域销售经理",
    "高级工程师",
    "董事长",
)
FIRST = ("John", "Emily", "Michael", "Sarah", "Robert", "Anna", "Thomas", "Laura")
LAST = ("Smith", "Johnson", "Keller", "Brown", "Miller", "Fischer", "Clark", "Lewis")
TITLES_EN = (
    *("Sales Manager", "Purchasing Director", "Chief Executive Officer", "Engineer"),
    *("Vice President, Marketing", "Account Executive", "Head of Procurement"),
)
NAMES_EN = (
    "Northwind",
    "Brightstone",
    "Hartwell",
    "Silverline",
    "Blue Harbor",
    "Acton",
)
FORMS = ("Tools Inc.", "Logistics Ltd.", "GmbH", "Trading Co., Ltd.", "Systems LLC")
PLACES = (
    (
        "1200 Main Street, Suite 300",
        "Austin",
        "TX",
        "78701",
        "USA",
        "+1 512 555 0{:03}",
    ),
    ("12 High Street", "London", "", "SW1A 1AA", "UK", "+44 20 7946 0{:03}"),
    ("Leopoldstr. 12", "München", "", "80802", "Germany", "+49 89 1234 5{:03}"),
    (
        "88 Keyuan Road, Nanshan District",
        "Shenzhen",
        "Guangdong",
        "518057",
        "China",
        "+86 755 2688 1{:03}",
    ),
    ("500 Market Street", "San Francisco", "CA", "94105", "USA", "+1 415 555 0{:03}"),
)
MOBILES = {
    "USA": "+1 737 555 0{:03}",
    "UK": "+44 7700 900{:03}",
    "Germany": "+49 151 2345 6{:03}",
    "China": "+86 138 0013 8{:03}",
}


def draw_card(number, seed=7):
    """Return a JPEG file and ``{field: text}`` of what stands on it: cards with even
    numbers are Chinese."""
    dice = random.Random(f"{seed} {number}")
    picture, wanted = draw_flat(number, dice)
    picture = _photograph(picture, dice)
    content = io.BytesIO()
    picture.save(content, "JPEG", quality=dice.choice((60, 75, 90)))
    return content.getvalue(), wanted


def draw_flat(number, dice):
    """Return a card as it comes from the printer, and what stands on it."""
    rows, wanted = (_write_chinese if number % 2 == 0 else _write_english)(dice)
    return _draw(rows, dice), wanted


def _write_chinese(dice):
    wanted, place, area = _invent_chinese(dice)
    name, company, title = wanted["name"], wanted["company"], wanted["function"]
    name_row = dice.choice(
        ([(f"{name[:1]} {name[1:]}" if len(name) == 2 else name, 54)], [(name, 56)])
    )
    who = (
        [*name_row, (title, 30)] if dice.random() < 0.6 else [(f"{name}  {title}", 46)]
    )
    rows = _lay_out_chinese(wanted, place, area, dice)
    head = [(company, 38)]
    return (head + who + rows if dice.random() < 0.6 else who + head + rows), wanted


def _invent_chinese(dice):
    """Return what is to be found, the whole address and the code of the area."""
    state, city, street, code, area, brand = dice.choice(CITIES)
    name = dice.choice(FAMILIES) + dice.choice(GIVEN)
    company = f"{city[:2]}{brand}{dice.choice(TRADES)}有限公司"
    title = dice.choice(TITLES)
    first, last = dice.randrange(10**4), dice.randrange(10**4)
    mobile = f"1{dice.choice('3589')}{dice.randrange(10)} {first:04} {last:04}"
    phone = (
        f"{area}-{dice.randrange(6, 9)}{dice.randrange(10**6):06}{dice.choice('1234')}"
    )
    host = dice.choice(("hd", "huaxin", "hairun", "jd-tech"))
    host = f"{host}{dice.randrange(90)}.com.cn"
    box = dice.choice(("zhang", "sales01", "liwei", "wu.min"))
    wanted = {
        **{"name": name, "company": company, "function": title, "mobile": mobile},
        **{"phone": phone, "email": f"{box}@{host}", "website": f"www.{host}"},
        **{"street": street, "city": city, "zip": code},
    }
    place = f"{'' if state == city else state}{city}{street}"
    return wanted, place, area


def _lay_out_chinese(wanted, place, area, dice):
    phone = f"电话：{wanted['phone']}"
    fax = f"传真：{area}-8888{dice.randrange(10**4):04}"
    lines = [
        f"手机：{wanted['mobile']}",
        *([f"{phone}  {fax}"] if dice.random() < 0.5 else [phone, fax]),
        f"邮箱：{wanted['email']}",
        f"网址：{wanted['website']}",
        f"地址：{place}",
        f"邮编：{wanted['zip']}",
    ]
    if dice.random() < 0.3:
        lines.insert(2, f"微信：wx{dice.randrange(10**6):06}")
    return [(line, 28) for line in lines]


def _write_english(dice):
    wanted, place, fax = _invent_english(dice)
    rows = _lay_out_english(wanted, place, fax, dice)
    head, who = (
        (wanted["company"], 40),
        [(wanted["name"], 50), (wanted["function"], 30)],
    )
    return ([head, *who] if dice.random() < 0.6 else [*who, head]) + rows, wanted


def _invent_english(dice):
    """Return what is to be found, the address without the street and the number of the
    fax."""
    street, city, state, code, country, line = dice.choice(PLACES)
    first, last = dice.choice(FIRST), dice.choice(LAST)
    brand = dice.choice(NAMES_EN)
    host = f"{brand.lower().replace(' ', '')}.{dice.choice(('com', 'net', 'io'))}"
    company, title = f"{brand} {dice.choice(FORMS)}", dice.choice(TITLES_EN)
    phone, fax, mobile = (
        form.format(dice.randrange(10, 1000)) for form in (line, line, MOBILES[country])
    )
    email = dice.choice((f"{first}.{last}@{host}", f"{first[0]}{last}@{host}")).lower()
    place = {
        "USA": f"{city}, {state} {code}, USA",
        "UK": f"{city} {code}, UK",
        "Germany": f"{code} {city}, Germany",
        "China": f"{city}, {state} {code}, China",
    }[country]
    name = f"{first} {last}".upper() if dice.random() < 0.2 else f"{first} {last}"
    wanted = {
        **{"name": name, "company": company, "function": title, "phone": phone},
        **{"mobile": mobile, "email": email, "website": f"www.{host}"},
        **{"street": street, "city": city, "zip": code},
    }
    return wanted, place, fax


def _lay_out_english(wanted, place, fax, dice):
    labels = dice.choice(
        (
            ("Tel: ", "Fax: ", "Mobile: ", "E-mail: ", "Web: "),
            ("T ", "F ", "M ", "", ""),
        )
    )
    texts = wanted["phone"], fax, wanted["mobile"], wanted["email"], wanted["website"]
    rows = [(f"{label}{text}", 28) for label, text in zip(labels, texts, strict=True)]
    street = wanted["street"]
    if dice.random() < 0.4:
        return [*rows, (f"{street}, {place}", 26)]
    return [*rows, (street, 28), (place, 28)]


def get_font(size, is_serif=False):
    """Return the Chinese font of the system in a size."""
    family = "Noto Serif CJK SC" if is_serif else "Noto Sans CJK SC"
    found = subprocess.run(
        ["fc-match", "-f", "%{file}\n%{index}", family],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split("\n")
    return ImageFont.truetype(found[0], size, index=int(found[1]))


def _draw(rows, dice):
    paper = dice.choice(("#ffffff", "#f7f3ea", "#eef3f7", "#1d2733"))
    ink = "#f2f2f2" if paper == "#1d2733" else dice.choice(("#111111", "#1b2a49"))
    scale = dice.choice((0.7, 0.85, 1))
    picture = Image.new("RGB", SIZE, paper)
    pen = ImageDraw.Draw(picture)
    is_serif, is_centred = dice.random() < 0.25, dice.random() < 0.25
    if dice.random() < 0.5:
        pen.rectangle((0, 0, SIZE[0], 14), fill=dice.choice(("#a33", "#246", "#486")))
    top = 36
    for text, size in rows:
        font = get_font(round(size * scale), is_serif)
        left = (SIZE[0] - pen.textlength(text, font=font)) / 2 if is_centred else 70
        pen.text((left, top), text, font=font, fill=ink)
        top += int(size * scale * 1.55) + (16 if size > 44 else 2)
    return picture


def _photograph(picture, dice):
    """Lay the card on a table and take it with a hand that is not quite still."""
    table = Image.new(
        "RGB",
        (SIZE[0] + 260, SIZE[1] + 220),
        dice.choice(("#6b5b4b", "#888", "#304030")),
    )
    table.paste(picture, (130, 110))
    table = table.rotate(
        dice.uniform(-4, 4), Image.Resampling.BICUBIC, fillcolor="#555"
    )
    table = table.filter(ImageFilter.GaussianBlur(dice.uniform(0.3, 1.5)))
    noise = Image.effect_noise(table.size, dice.uniform(8, 30)).convert("RGB")
    table = ImageChops.add(table, noise, 1.0, -128)
    shade = (
        Image.linear_gradient("L")
        .resize(table.size)
        .point(lambda light: 190 + light // 4)
    )
    return ImageChops.multiply(table, Image.merge("RGB", (shade,) * 3))


def judge(found, wanted):
    """Return ``{field: whether it is right}``: case, gaps and punctuation aside; a
    number by its digits."""
    return {
        name: _key(name, text) == _key(name, found.get(name))
        for name, text in wanted.items()
    }


def _key(name, text):
    kept = str.isdigit if name in ("phone", "mobile") else str.isalnum
    return "".join(filter(kept, text or "")).casefold()


def read_fields(answer):
    """Return ``{field: text}`` of what a reader found."""
    found = card_text.read(answer["lines"], "US").fields
    texts = {name: value.text for name, value in found.items()}
    address = card_address.parse(texts.get("address", ""))
    return texts | address | {"zip": address["zip"] or texts.get("zip")}


def lay_out(*texts, large=()):
    """Return lines one below the other; the large ones are printed large."""
    return [
        [
            text,
            0.99,
            [
                50,
                row * 60,
                50 + 20 * len(text),
                row * 60 + (50 if row in large else 40),
            ],
        ]
        for row, text in enumerate(texts)
    ]
