"""Which of the activity kinds an item is, by the words it uses.

The codes are those of the activity register (contracts/codes.py); what a word counts as follows
its aliases there. The first rule that fits decides, the special before the general: 师德演讲比赛
is learning though it is a contest.
"""

from __future__ import annotations

import re

_RULES = tuple(
    (kind, re.compile(pattern, re.VERBOSE))
    for kind, pattern in (
        (
            "other",
            r"""
            审计|经审|(?:规范|管[好理]).{0,8}经费|经费.{0,6}(?:管理|使用|收支)
            """,
        ),
        (
            "meeting",
            r"""
            (?:召开|举行|组织|筹备|开好|筹开).{0,14}(?:教代会|职代会|代表大会|大会|会议(?!精神)|例会|座谈会|民主生活会|委员会|总结会|恳谈会|茶话会)|
            ^.{0,8}(?:工会委员会?会?议|例会|座谈会)|
            ^.{0,6}(?:教代会|职代会|代表大会)$
            """,
        ),
        (
            "democracy",
            r"""
            提案|校务公开|政务公开|公开栏|民主评议|民主测评|民主管理|民主监督|民主理财|民主参与|
            选举|换届|票决|投票|表决|合理化建议|意见[和与、]?建议|评议|教代会|职代会|代表大会|
            知情权|绩效工资|专项合同|集体合同|女职工.{0,6}权益
            """,
        ),
        (
            "care",
            r"""
            慰问|送温暖|送清凉|凉风|生日|帮扶|帮困|扶贫|困难|特困|互助|医疗保险|保险|参保|
            福利|体检|走访|看望|关心|探望|关爱|贺卡|疗休?养|家访|捐|服务卡|暖心|用品发放|老干部|
            单亲|百家门|排忧解难|健康检查|敬老|欢送|必访|妇科|妇检|两癌|食堂|膳食
            """,
        ),
        (
            "learning",
            r"""
            师德|教学基本功|基本功|教学比武|比武|技能竞赛|说课|赛课|优质课|优课|风采赛|评课|
            论文|教育理论|培训|讲座|教研|岗位练兵|练兵|师徒|结对|拜师|读书|论坛|研修|研讨|
            职业道德|心得|普通话|粉笔字|三笔字|板书|课件|微课|书屋|征文|读后感|祭扫|扫墓|听课|教学活动|知识竞赛|七认真|课题|廉洁|政治学习|骨干|核心素养|公开课
            """,
        ),
        (
            "sports",
            r"""
            比赛|竞赛|[球棋]赛|联赛|运动会|健身|锻炼|文体|体育|俱乐部|社团|电影|观影|春游|
            秋游|春秋游|旅游|踏青|联欢|文艺|文娱|汇演|会演|广播操|跳绳|踢毽|拔河|歌咏|晚会|
            游艺|跑步|长跑|健步|登山|趣味|合唱|书画|摄影|羽毛球|乒乓|篮球|排球|足球|龙舟|
            瑜伽|健美|舞蹈|娱乐|灯谜|茶话会|才艺|登高|团拜|郊游|参观|运动|
            插花|茶艺|烘焙|厨艺|拓展训练|团建|自强活动|采摘|联谊|游园|笔会|诗会|包粽子|健行|旗袍
            """,
        ),
        (
            "publicity",
            r"""
            宣传|宣讲|信息报送|报送.{0,4}信息|投稿|劳模|工匠|报道|通讯|网站|网页|网络平台|公众号|简报|典型|庆祝|^庆|喜迎|[节庆]活动|
            教师节|三八|五一|六一|七一|十一|元旦|国庆|元宵|劳动节|妇女节|重阳|儿童节|学雷锋|祝寿
            """,
        ),
        ("sports", r"亲子|喜乐"),
        (
            "learning",
            r"""
            学习|教育|素质|理论|思想
            """,
        ),
        (
            "meeting",
            r"""
            会议|例会|座谈
            """,
        ),
        (
            "support",
            r"""
            (?:^|[，,]|工会)(?:积极|主动)?(?:协助|配合|支持)|志愿|公益|植树|献血
            """,
        ),
        (
            "democracy",
            r"""
            民主|维权|监督|审议|代表
            """,
        ),
        (
            "other",
            r"""
            总结|计划|台账|台帐|档案|资料|经费|审计|财务|会费|评优|评先|先进|优秀|评选|评比|
            入会|会员|上报|报表|教工之家|职工之家|建家|制度|检讨|工会干部|分工|考核|账务|帐务
            """,
        ),
    )
)
_NAMES = re.compile(r"教育(?:总?工会|局|系统|事业|部|厅)|体育教师")  # who, not what
_SUPPORTS = re.compile(r"^(?:积极|认真|继续|主动|大力|全力)*(?:协助|配合|帮助|支持)[^，。；]*")
_OWN_WORK = re.compile(r"[，,].{0,4}(?:组织|开展|抓好|做好|举办|加强|召开|搞好)")


def kind(text: str) -> str | None:
    """The code, None where the words tell nothing. Help for somebody else's work is support,
    unless the item goes on to work of its own.
    """
    text = _NAMES.sub("", text)
    supports = _SUPPORTS.match(text)
    if supports and not _OWN_WORK.search(text):
        return "support"
    return next((code for code, pattern in _RULES if pattern.search(text)), None)
