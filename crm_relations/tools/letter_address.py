"""The lines of a postal address as the post of its country wants them."""

import re
from typing import NamedTuple

CHINESE_COUNTRIES = ("CN",)
HAN = re.compile("[\u3400-\u9fff]")
# As the Universal Postal Union writes an address in China in Latin letters.
LATIN_FORM = "%(street)s\n%(street2)s\n%(zip)s %(city)s\n%(state_name)s"


class Address(NamedTuple):
    """Where a letter goes. ``form`` is the address format of the country in Odoo."""

    person: str = ""
    company: str = ""
    street: str = ""
    street2: str = ""
    city: str = ""
    zip: str = ""
    state: str = ""
    state_code: str = ""
    country: str = ""
    country_code: str = ""
    form: str = ""

    @property
    def is_chinese(self):
        """Whether it is written from the large to the small, as in China; in Latin
        letters it is not."""
        place = self.city + self.street + self.street2
        return self.country_code in CHINESE_COUNTRIES and bool(HAN.search(place))

    @property
    def is_complete(self):
        return bool(self.street or self.street2) and bool(self.city or self.zip)


def get_lines(address, home_code, with_zip=True):
    """Return the lines from top to bottom.

    :param home_code: code of the country from which the letter is sent; its name is
        not written on letters within it
    :param with_zip: whether a Chinese postcode has a line of its own; on an envelope it
        stands in squares

    >>> get_lines(Address("张伟", "宏达", "科技园南路12号", "", "深圳市", "518057",
    ...                   "广东省", "", "中国", "CN"), "CN")
    ['518057', '广东省深圳市科技园南路12号', '宏达', '张伟（收）']
    >>> get_lines(Address("Zhang Wei", "Hongda", "12 Keji South Rd", "", "Shenzhen",
    ...                   "518057", "Guangdong", "", "China", "CN"), "DE")
    ['Hongda', 'Zhang Wei', '12 Keji South Rd', '518057 Shenzhen', 'Guangdong', 'CHINA']
    >>> form = "%(street)s\\n%(city)s, %(state_code)s %(zip)s"
    >>> get_lines(Address("Eve", "Acme", "Main St 1", "", "Austin", "78701", "Texas",
    ...                   "TX", "USA", "US", form), "DE")
    ['Acme', 'Eve', 'Main St 1', 'Austin, TX 78701', 'USA']
    """
    if address.is_chinese:
        lines = _get_chinese(address, with_zip)
    else:
        lines = [address.company, address.person, *_get_formatted(address)]
    if address.country and address.country_code != home_code:
        lines.append(address.country.upper())  # capitals: Chinese has none
    return [line for line in lines if line]


def _get_chinese(address, with_zip):
    # A municipality is province and city in one.
    is_one = address.state.removesuffix("市") == address.city.removesuffix("市")
    state = "" if is_one else address.state
    place = f"{state}{address.city}{address.street}{address.street2}"
    who = address.person or address.company
    return [
        address.zip if with_zip else "",
        place,
        address.company if address.person else "",
        f"{who}（收）" if who else "",
    ]


def _get_formatted(address):
    is_latin = address.country_code in CHINESE_COUNTRIES
    # A municipality is province and city in one.
    is_one = is_latin and address.state.casefold() == address.city.casefold()
    values = address._asdict() | {
        "state_name": "" if is_one else address.state,
        "country_name": "",
        "company_name": "",
    }
    form = LATIN_FORM if is_latin else address.form
    form = form or "%(street)s\n%(street2)s\n%(zip)s %(city)s"
    try:
        text = form % values
    except (KeyError, ValueError, TypeError):
        text = f"{address.street}\n{address.street2}\n{address.zip} {address.city}"
    lines = (" ".join(line.split()).strip(" ,") for line in text.split("\n"))
    return [line for line in lines if line]
