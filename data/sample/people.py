"""The staff of the fictional school, invented person by person from one random source.

The cases that matter (same name, rare characters, retired, left, joined late) are written down
by hand; the crowd around them is drawn.
"""

from dataclasses import replace
from datetime import date, timedelta
from random import Random

from records import Person

DEPTS = {
    "语文组": 26, "数学组": 18, "英语组": 12, "体育组": 10, "艺术组": 9,
    "科学信息组": 8, "综合组": 8, "教导处": 5, "行政处": 6, "总务后勤处": 16,
}  # fmt: skip
OFFICES = {
    "语文组": "第一小组组长", "数学组": "第二小组组长", "英语组": "第三小组组长",
    "体育组": "第四小组组长", "总务后勤处": "第五小组组长", "教导处": "副主席",
    "科学信息组": "组织委员", "综合组": "宣传委员", "艺术组": "文体委员",
    "行政处": "经审委员",
}  # fmt: skip
TEMPORARY = {"语文组": 3, "数学组": 2, "英语组": 2, "体育组": 1, "艺术组": 1, "综合组": 1}
SUPPORT = {"后勤": ("食堂员工", "保洁员", "水电工"), "劳务派遣": ("保安",)}

SURNAMES = (
    "李张刘杨黄赵周吴徐孙朱马胡郭林何高梁宋唐许邓冯韩曹曾彭萧蔡潘田董袁于余叶蒋杜苏魏程吕丁沈任姚卢"
)
GIVEN = {
    "女": "静怡 雅琴 丽华 晓燕 思远 梦洁 佳慧 婷婷 玉兰 海霞 文娟 雪莹 敏 洁 琳 慧敏 春梅 秀云"
    " 佩珊 若兰 诗涵 子衿 美玲 红梅 倩 颖 瑶 书瑶 欣然 可欣",
    "男": "志强 建军 浩然 子轩 宇航 文杰 俊峰 立新 国庆 海涛 鹏飞 明辉 伟 磊 刚 博文 家豪 天佑"
    " 永康 晨曦 振华 凯 鑫 嘉诚 致远",
}
# name, sex, born, department, employment, hired, last day, how it ended
NAMED = (
    ("沈明远", "男", "1975-06-18", "行政处", "在编", "1997-08-20", "", ""),
    ("王芳", "女", "1983-04-09", "语文组", "在编", "2005-08-22", "", ""),
    ("王芳", "女", "1991-11-23", "英语组", "在编", "2014-08-25", "", ""),
    ("欧阳雪梅", "女", "1979-12-02", "语文组", "在编", "2001-08-20", "", ""),
    ("陈龑", "男", "1988-07-15", "数学组", "在编", "2011-08-24", "", ""),
    ("刘㛃", "女", "1995-01-30", "艺术组", "合同", "2019-08-26", "", ""),
    ("王𬱖", "男", "1993-09-05", "体育组", "在编", "2016-08-22", "", ""),
    ("阿依古丽·买买提", "女", "1996-05-21", "艺术组", "在编", "2020-08-24", "", ""),
    ("吴淑珍", "女", "1967-11-08", "语文组", "在编", "1988-08-20", "2022-11-30", "退休"),
    ("郑德明", "男", "1962-12-11", "数学组", "在编", "1983-08-20", "2022-12-31", "退休"),
    ("周桂英", "女", "1969-03-15", "语文组", "在编", "1990-08-20", "2024-03-31", "退休"),
    ("赵国梁", "男", "1964-05-20", "数学组", "在编", "1986-08-20", "2024-05-31", "退休"),
    ("孙秀兰", "女", "1970-02-11", "英语组", "在编", "1992-08-20", "2025-02-28", "退休"),
    ("钱建国", "男", "1965-04-17", "总务后勤处", "在编", "1987-08-20", "2025-04-30", "退休"),
    ("何嘉宁", "女", "1994-08-19", "数学组", "合同", "2018-08-27", "2024-01-31", "离职"),
    ("郭立群", "男", "1990-02-27", "综合组", "合同", "2017-08-28", "2024-01-31", "离职"),
    ("罗小雨", "女", "1997-06-03", "语文组", "临时代课", "2021-08-30", "2024-07-31", "离职"),
    ("谢安琪", "女", "1992-10-14", "英语组", "在编", "2015-08-24", "2024-07-31", "离职"),
    ("邹一鸣", "男", "1995-03-28", "科学信息组", "合同", "2019-08-26", "2025-01-24", "离职"),
    ("熊雯", "女", "1998-12-09", "语文组", "临时代课", "2022-08-29", "2025-07-31", "离职"),
    ("白雨桐", "女", "1993-07-07", "艺术组", "在编", "2016-08-22", "2025-07-31", "离职"),
    ("江涛", "男", "1986-01-16", "总务后勤处", "后勤", "2018-03-05", "2025-07-31", "离职"),
)
# year of arrival, department, employment, day of joining the union (empty: never)
NEWCOMERS = (
    (2024, "语文组", "在编", "2024-08-29"), (2024, "语文组", "在编", "2024-08-29"),
    (2024, "数学组", "在编", "2024-08-29"), (2024, "英语组", "合同", "2024-08-30"),
    (2024, "数学组", "合同", "2024-08-30"), (2024, "综合组", "临时代课", "2025-04-15"),
    (2024, "总务后勤处", "后勤", "2025-06-10"), (2025, "语文组", "在编", "2025-08-28"),
    (2025, "语文组", "在编", "2025-08-28"), (2025, "英语组", "在编", "2025-08-28"),
    (2025, "科学信息组", "合同", "2025-08-29"), (2025, "艺术组", "在编", "2025-08-28"),
    (2025, "总务后勤处", "后勤", "2025-08-29"), (2025, "总务后勤处", "后勤", ""),
)  # fmt: skip
# when the ten first non-members joined after all; one never does
LATE = (
    "2023-12-20", "2024-04-16", "2024-05-21", "2024-06-12", "2024-10-15",
    "2024-12-09", "2025-03-18", "2025-05-20", "2025-06-17", "",
)  # fmt: skip
_OPENING_DAY = date(2023, 9, 1)
_WEIGHTS, _CHECK = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2), "10X98765432"


def day(text: str) -> date | None:
    """An ISO day, or None for the empty text the tables above use for 'never'."""
    return date.fromisoformat(text) if text else None


def id_number(born: date, serial: int, sex: str) -> str:
    """A well-formed identity number (ISO 7064) in area 990000, which does not exist."""
    body = f"990000{born:%Y%m%d}{serial % 500 * 2 + (sex == '男'):03d}"
    return body + _CHECK[sum(int(c) * w for c, w in zip(body, _WEIGHTS, strict=True)) % 11]


def build(rng: Random) -> list[Person]:
    """Everybody who ever worked here, in the order of their staff numbers."""
    people = [_named(rng, row) for row in NAMED]
    people += _crowd(rng, people)
    people = _late_joiners(rng, people)
    rng.shuffle(people)
    people += _newcomers(rng, {p.name for p in people})
    return [_numbered(person, n) for n, person in enumerate(people, start=1)]


def _person(
    rng: Random, who: tuple[str, str, date], dept: str, employment: str, hired: date
) -> Person:
    name, sex, born = who
    post = rng.choice(SUPPORT.get(employment, ("教师", "教师", "班主任")))
    if employment not in SUPPORT and dept in ("教导处", "行政处", "总务后勤处"):
        post = rng.choice(("干事", "会计", "校医", "图书管理员"))
    joined = min(hired + timedelta(days=rng.randint(20, 200)), _OPENING_DAY - timedelta(days=2))
    carded = rng.choices((date(2019, 6, 3), date(2024, 6, 20), date(2025, 6, 12), None),
                         (80, 9, 7, 4))[0]  # fmt: skip
    return Person("", name, sex, born, dept, post, employment, hired, _politics(rng, born),
                  joined, carded, None, "", "", "", "")  # fmt: skip


def _politics(rng: Random, born: date) -> str:
    young = ("共青团员", "中共党员", "群众")
    return rng.choice(young if born.year > 1996 else ("中共党员", "群众", "群众", "民主党派"))


def _named(rng: Random, row: tuple[str, ...]) -> Person:
    name, sex, born, dept, employment, hired, ended, ending = row
    who = (name, sex, date.fromisoformat(born))
    person = _person(rng, who, dept, employment, date.fromisoformat(hired))
    office = {"沈明远": "工会主席", "欧阳雪梅": "女工委员"}.get(name, "")
    post = "中层干部" if office else person.post
    return replace(person, ended=day(ended), ending=ending, office=office, post=post)


def _crowd(rng: Random, named: list[Person]) -> list[Person]:
    """Fill each department up to its size; the first one drawn leads it."""
    taken, crowd = {p.name for p in named}, []
    for dept, size in DEPTS.items():
        here = [p for p in named if p.dept == dept and not _gone(p)]
        kinds = _employments(dept, size, [p.employment for p in here])
        drawn = [_draw(rng, taken, dept, kind) for kind in kinds]
        drawn[0] = replace(drawn[0], post=_lead(dept), office=OFFICES[dept])
        crowd += drawn
    return crowd


def _gone(person: Person) -> bool:
    return person.ended is not None and person.ended < _OPENING_DAY


def _lead(dept: str) -> str:
    return "教研组长" if dept.endswith("组") else "中层干部"


def _employments(dept: str, size: int, present: list[str]) -> list[str]:
    """What is still missing of the department's mix; the permanent ones come first."""
    if dept == "总务后勤处":
        mix = ["在编"] * 3 + ["后勤"] * 9 + ["劳务派遣"] * 4
    else:
        temporary, contract = TEMPORARY.get(dept, 0), size // 7
        mix = ["在编"] * (size - temporary - contract)
        mix += ["合同"] * contract + ["临时代课"] * temporary
    for kind in present:
        mix.remove(kind if kind in mix else "在编")
    return mix


def _draw(rng: Random, taken: set[str], dept: str, employment: str) -> Person:
    sex = "男" if rng.random() < (0.7 if dept == "体育组" else 0.24) else "女"
    born = date(rng.randint(1968, 1998) if sex == "男" else rng.randint(1972, 1998),
                rng.randint(1, 12), rng.randint(1, 28))  # fmt: skip
    year = born.year + 23 if employment == "在编" else rng.randint(2016, 2022)
    hired = date(min(year, 2022), 8, rng.randint(20, 30))
    return _person(rng, (_new_name(rng, taken, sex), sex, born), dept, employment, hired)


def _new_name(rng: Random, taken: set[str], sex: str) -> str:
    while (name := rng.choice(SURNAMES) + rng.choice(GIVEN[sex].split())) in taken:
        continue
    taken.add(name)
    return name


def _late_joiners(rng: Random, people: list[Person]) -> list[Person]:
    """Ten of the canteen and substitute staff are no members when the records begin."""
    kinds = ("后勤", "临时代课")
    open_to = [n for n, p in enumerate(people) if p.employment in kinds and not p.ended]
    for n, joined in zip(rng.sample(open_to, len(LATE)), LATE, strict=True):
        people[n] = replace(people[n], joined=day(joined), carded=None)
    return people


def _newcomers(rng: Random, taken: set[str]) -> list[Person]:
    arrived = []
    for year, dept, employment, joined in NEWCOMERS:
        person = _draw(rng, taken, dept, employment)
        born = person.born.replace(year=rng.randint(year - 30, year - 23))
        hired, carded = date(year, 8, rng.randint(18, 27)), date(year + 1, 6, 12)
        arrived.append(replace(person, born=born, hired=hired, joined=day(joined), carded=carded))
    return arrived


def _numbered(person: Person, n: int) -> Person:
    return replace(person, staff_id=f"{n:04d}", mobile=f"1390000{n:04d}",
                   id_number=id_number(person.born, n, person.sex))  # fmt: skip
