"""A paragraph cut into what it wants done.

A rule, stated once: full stops and semicolons part tasks; a comma does only where another time
begins behind it (上半年…，下半年…). So 庆元宵及三八，慰问女教工 is one item: the plan gave it
one line.
What says why or how, and names no task, becomes no item; the quoted line keeps it.
"""

from __future__ import annotations

import re

from dashboard.plans import times
from dashboard.plans.passage import Passage
from dashboard.plans.targets import target
from dashboard.plans.times import Time

_OPENED, _CLOSED = "（(《“「【[", "）)》”」】]"
_STOPS = "。；;！!？"
_COMMA = re.compile("[，,](?!$)")

_HOW = (
    r"(?:并|要|将|应|须|需|必须|应当|还|也|再|就|拟|能|可|力求|争取|确保|同时|此外|另外|其次|首先|最后|认真|积极|继续|进一步|切实|努力"
    r"|及时|定期|适时|适当|大力|充分|全面|深入|扎实|不断|主动|广泛|逐步|逐渐|稳步|全力|严格|坚决|坚持|真正|有效|有序|有计划地?"
    r"|按时|按期|按照?要求|按规定|如期|准时|精心|着力|重点|着重|主要|经常|多次|多|尽力|尽可能|尽量|联合|共同|统一|协同|一如既往地?|地|的|"
    r"更好地?|更加|牢固|紧紧|紧密|密切|高度|特别|尤其|合理|科学|规范地|统筹|创造性地?|以身作则|热情|亲自|分批|集中)"
)
_WHO = (
    r"(?:(?:今年|本年度?|本学期|新学期|新的一年|年内|期间|届时|届内|平时|每次)?[，,]?)"
    r"(?:学校|校|各|我们|我校|本校|我会|工会|女工委?|委员会|教工|小组|组织|党支部|行政|全体|会员|教职工|教师|委员|干部|和|与|、)*"
)
_VERB = (
    r"(?:学习|组织|开展|举办|举行|参加|参与|召开|做好|做实|抓好|抓实|搞好|办好|开好|用好|管好|完善|健全|加强|落实|慰问|协助|配合|帮助|支持"
    r"|庆祝|庆|迎|征集|征求|收集|收缴|制定|制订|修订|修改|拟定|拟订|建立|成立|组建|组成|推进|推行|推动|实行|实施|执行|履行|贯彻"
    r"|宣传|报道|表彰|评选|评比|评议|选举|选拔|推荐|培训|培养|发展|吸收|办理|发放|送|看望|走访|探望|关心|关爱|关注|维护|保障|保证|监督"
    r"|检查|督查|督促|督办|审议|审计|审查|审核|讨论|通过|听取|总结|整理|归档|上报|上交|报送|报告|公开|公布|公示|更换|更新|提高|提升"
    r"|增强|强化|深化|丰富|营造|创建|创设|争创|打造|规范|管理|使用|收|提供|提倡|倡导|鼓励|引导|发动|动员|号召|邀请|安排|布置|观看|观摩"
    r"|欣赏|交流|研究|探索|调研|了解|掌握|解决|处理|杜绝|防止|教育|订阅|投稿|撰写|完成|启动|筹备|准备|迎接|接受|申报|申请|设立|开设|开通"
    r"|拓展|拓宽|扩大|加大|改善|改进|优化|充实|充分发挥|发挥|树立|弘扬|激发|激励|调动|促进|抓住|抓|办|搭建|展示|展开|缴纳|清理|清查|统计"
    r"|登记|建好|建设|巩固|团结|带领|反映|反馈|答复|跟踪|指导|承办|主办|选派|派出|订购|购买|购置|添置|布置|装修|体检|疗养|捐款|募捐|救助"
    r"|资助|给予|补助|发给|结对|补充|调整|推选|比赛|竞赛|评出|评定|颁发|奖励|树|写|建|请|定|开|为.{1,24}(?:办|送|提供|购买|组织|举办|解决|发放)"
    r"|[对向给把将以利用通过结合借助围绕根据按照依托].{2,24}(?:组织|开展|举办|进行|加强|宣传|实施|推进|做好|落实|慰问|审计|评议|提高|上报|报送))"
)
_TASK = re.compile(rf"^[“”\s]*(?:{_WHO}|{_HOW}|[，,：:])*(?:{_WHO})(?:{_HOW})*{_VERB}(?!的)")
_DOES = re.compile(
    r"^[^，,]{0,12}(?:组织|开展|举办|举行|召开|慰问|走访|看望|办理|发放|公示|评选|表彰|送上?)"
)
_PREAMBLE = re.compile(
    r"^(?:在.{2,40}(?:下|中)[，,]|以.{2,60}为(?:指导|指针|动力|目标|宗旨|主线|中心|核心|重点|契机)|为了|为(?:进一步|切实)|通过.{2,40}[，,]使"
    r"|.{0,12}(?:是|关系到|意味着|有利于|具有|来自)|[^，,]{0,60}是[^，,]{0,60}(?:需要|关键|基础|途径|保证|要求|体现|根本|前提))"
)
_INTRODUCES = re.compile(
    r"^以上(?:工作|各项|几点|计划|安排)|未尽事宜|以下(?:几|[一二三四五六七八九十])|如下|特制[定订]|制[定订]本计划"
)
_SLOGAN = re.compile(
    rf"(?:[抓促重强树建优][\u4e00-\u9fff]{{2,4}}[，,]|(?:{_HOW})*(?:加强|完善|提高|提升|深化|推进|强化|注重|重视|健全|突出|坚持|规范|发挥|维护|关心|关爱|丰富|营造|加大|增强|切实|"
    r"夯实|构建|打造|优化|凝聚|弘扬|树立|以.{1,12}为|激发|促进|推动|落实|深入|巩固|拓展|创新|扎实|围绕|抓好|做好|搞好|管好|建设|开展活动))"
)
_FIELD = re.compile(
    r"[\s，,。；;（(]*(?:时间|地点|规则|参加对象|参加人员|参与对象|对象|比赛地点|活动地点|活动时间|比赛时间)\s*[：:].*$"
)
_ENDS_IT = re.compile(
    r"[，,]?(?:前|底前)?(?:(?:完成|结束)(?=[，,。；;]|$)|进行|举行|实施|落实|启动|上交|到位|开展$)"
)
_AT_LEAST = re.compile(r"^(?:至少|不少于|最少|坚持|定期)")
_COUNT = re.compile(
    r"(?:至少|不少于|最少|坚持|定期)*(?:组织|开展|举行|举办|召开|进行|活动|集中|安排|开放)?(?:至少|不少于)?"
    r"[\d一二两三四五六七八九十~～—–-]+次(?:以上)?(?=[，,。；;]|$)"
)
_REACH = 120  # characters on either side of a time that tell whether it begins a task
_SHORTEST = 2  # characters of a clause that only goes on: 4月评选，5月表彰
_DATED = ("month", "months", "part", "day", "days")
_LONGEST_SLOGAN = 22


def sentences(passage: Passage) -> list[Passage]:
    """Cut at the end of sentences and clauses that another time begins behind."""
    found: list[Passage] = []
    for start, end in _bounds(passage.text):
        found += _by_time(passage.part(start, end))
    return [sentence for sentence in found if sentence.text.strip(" 。；;，,、！!？：:")]


def _bounds(text: str) -> list[tuple[int, int]]:
    """Places of the sentences; stops within brackets and quotes part nothing."""
    bounds, start, depth = [], 0, 0
    for at, character in enumerate(text):
        depth = max(0, depth + (character in _OPENED) - (character in _CLOSED))
        if character in _STOPS and depth == 0:
            bounds.append((start, at + 1))
            start = at + 1
    return [*bounds, (start, len(text))]


def _by_time(sentence: Passage) -> list[Passage]:
    """上半年参加…，下半年参加… are two: each clause has a time of its own at its head. So are a
    task without a time and one behind it that has one; 3月前完成 only ends the task before.
    """
    cuts, seen, listed = [0], "", False
    for time in times.find(sentence.text):
        if not _heads(sentence.text, time) or time.words == seen:
            continue
        before = sentence.text[cuts[-1] : time.start][-_REACH:]
        behind = sentence.text[time.end : time.end + _REACH]
        stands = _acts(behind, time) or (listed and time.kind in _DATED and _names(behind))
        if _whole(before, bool(seen)) and stands and not _ENDS_IT.match(behind):
            cuts.append(time.start)
        seen, listed = time.words, time.kind in _DATED
    return [sentence.part(a, b) for a, b in zip(cuts, [*cuts[1:], None], strict=True)]


def _whole(text: str, timed: bool) -> bool:
    """Whether a part of a sentence says enough to be an item; beside a time of its own a noun."""
    return len(text) > 3 if timed else len(text) > 6 and is_task(text)


def _names(text: str) -> bool:
    """Whether a clause says something, in a list of months: 1月书法笔会，3月健步走."""
    return len(_COMMA.split(text)[0].strip("。；;")) > _SHORTEST


def _acts(text: str, time: Time) -> bool:
    """Whether what a time heads is a task of its own: 每月至少组织一次 and 每周开放3次 only say how
    often.
    """
    counted = time.recurs and (_COUNT.match(text) or not _does(_AT_LEAST.sub("", text)))
    return _whole(text, False) and not counted


def _heads(text: str, time: Time) -> bool:
    """Whether a time stands where a clause begins. Behind a colon one that recurs only says how
    often: 生日慰问：每月初发放.
    """
    before = text[time.start - 1 : time.start]
    return not before or before in "，,、。；; " or (before in "：:" and not time.recurs)


def is_task(text: str) -> bool:
    """Whether a sentence of prose names something to be done."""
    if _INTRODUCES.search(text):
        return False
    if target(text):
        return True
    if _PREAMBLE.match(text):
        return any(_TASK.match(clause) for clause in _COMMA.split(text)[2:])
    return _does(text)


def _does(text: str) -> bool:
    """Whether one of its clauses begins with something to do."""
    clauses = [_timeless(clause) for clause in _COMMA.split(text)]
    return any(_TASK.match(clause) or _DOES.match(clause) for clause in clauses)


def is_reason(text: str) -> bool:
    """Whether a sentence says why, or what something is."""
    return bool(_PREAMBLE.match(text) or _INTRODUCES.search(text)) and not is_task(text)


def _timeless(clause: str) -> str:
    found = times.find(clause)
    if found and found[0].start <= 1:
        return clause[found[0].end :].removeprefix("期间").lstrip("，,")
    return clause


def is_slogan(text: str) -> bool:
    """Whether a first sentence only names what those behind it say."""
    if re.fullmatch(r".{2,12}方面[。：:]?", text):
        return True
    short = len(text) <= _LONGEST_SLOGAN and text[-1:] in "。！!：:" and not times.find(text)
    return short and not target(text) and bool(_SLOGAN.match(text))


def without_fields(text: str) -> str:
    """The task, less 时间：… and 地点：… behind it."""
    bare = _FIELD.sub("", text)
    return bare if len(bare) > 2 else text
