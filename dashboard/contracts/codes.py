"""Code lists of the field. Each word was seen in a real register or plan.

0, 1, 2 and 3 appear nowhere but in `PRESENCE`: in one real system 立案 yes is 0 and no is 1.
"""

from __future__ import annotations

from dashboard.contracts.ballots import VOTE_METHOD, VOTE_RESULT  # noqa: F401 - of the field, too
from dashboard.contracts.model import Code, CodeList
from dashboard.text import Text

# Marks people tick and cross with, and what programs write for them.
_YES = "√ ✓ ✔ ☑ ✅ ○ 〇 ◯ ● v y yes true"
_NO = "× ✗ ✘ ✕ ✖ ☒ ╳ ❌ x n no false"

SEX = CodeList(
    "sex",
    (
        Code("female", Text("女", "Female"), "女性 f"),
        Code("male", Text("男", "Male"), "男性 m"),
    ),
)

EMPLOYMENT = CodeList(
    "employment",
    (
        Code(
            "established",
            Text("在编", "Established"),
            "事业编 编内 编制内 在编人员 在编教师 正式 正式在编 事业编制 公办在编",
        ),
        Code(
            "contract",
            Text("合同", "Contract"),
            "合同制 编外 非编 员额制 聘任制 编外人员 聘用 备案制 人事代理 "
            "合同工 编外合同 合同教师 编外教师 同工同酬 合同人员",
        ),
        Code(
            "temporary",
            Text("临时代课", "Temporary"),
            "代课 代课教师 临时 临聘 临时代课教师 外聘 临时工",
        ),
        Code(
            "logistics",
            Text("后勤", "Logistics"),
            "后勤人员 工勤 职员 后勤职工 保洁 保安 食堂 工勤人员",
        ),
        Code("dispatched", Text("劳务派遣", "Dispatched"), "派遣 劳务 第三方派遣 劳务派遣人员"),
        Code("seconded", Text("借调", "Seconded"), "借用 借入 交流 支教"),
        Code("intern", Text("实习生", "Intern"), "实习"),
        Code("rehired", Text("返聘", "Re-hired"), "退休返聘 返聘教师"),
        Code("retired", Text("退休", "Retired"), "退休人员 离退休 离休 退养 退休教师 退休员工"),
        Code("other", Text("其他", "Other"), "其它"),
    ),
)

STAFF_STATUS = CodeList(
    "staff_status",
    (
        Code(
            "active",
            Text("在职", "Active"),
            "在岗 在册 正常 在校 在聘 试用 是 产假 病假 长期病假 内退 在编在岗",
        ),
        Code("lent", Text("借出", "Lent"), "借调在外 外借 借出人员 支教 援疆"),
        Code(
            "left",
            Text("离职", "Left"),
            "已离职 辞职 调出 解聘 调离 转出 否 离职人员 离职员工 离校",
        ),
        Code("retired", Text("退休", "Retired"), "已退休 离休 离退休 退养 退休人员 退休员工"),
        Code("deceased", Text("去世", "Deceased"), "已故 病故"),
    ),
)

MEMBER_STATUS = CodeList(
    "member_status",
    (
        Code("active", Text("在籍", "Active"), "在会 在册 正常 有效 会员 在职 已入会 是"),
        Code("retained", Text("保留会籍", "Retained"), "保留 保留会员资格"),
        Code("retired", Text("退休", "Retired"), "已退休 退休会员 离休 退休保留"),
        Code("moved", Text("转出", "Transferred out"), "调出 已转出 转会 转移 离职"),
        Code("left", Text("退会", "Left"), "已退会 自动退会 除名 注销 去世"),
        Code("applying", Text("申请中", "Applying"), "待批 审批中 未入会 否"),
    ),
)

CARD = CodeList(
    "card",
    (
        Code(
            "yes",
            Text("已办", "Issued"),
            "已办卡 已办理 办理 已激活 激活 已制卡 已发卡 已领 已领卡 有 是 已领取 " + _YES,
        ),
        Code(
            "no",
            Text("未办", "Not issued"),
            "未办卡 未办理 未申请 已采集 采集 申请中 制卡中 待办 无 否 未领 未领卡 不符合 " + _NO,
        ),
    ),
)

ACTIVITY_KIND = CodeList(
    "activity_kind",
    (
        Code(
            "sports",
            Text("文体", "Sports and arts"),
            "文体活动 体育 文艺 文娱 健身 比赛 竞赛 俱乐部 社团 电影 观影 春秋游 球赛 "
            "运动会 文化体育",
        ),
        Code("care", Text("慰问", "Care"), "送温暖 生日 福利 关爱 帮扶 节日慰问 慰问活动"),
        Code(
            "learning",
            Text("教育", "Education"),
            "学习 师德 培训 讲座 业务 教研 教育培训 职工教育 教学 技能竞赛 岗位练兵 "
            "教学竞赛 师德师风",
        ),
        Code("meeting", Text("会议", "Meeting"), "教代会 例会 工会会议 座谈 座谈会"),
        Code(
            "democracy",
            Text("民主管理", "Democratic management"),
            "民主 校务公开 提案 民主评议 选举 换届",
        ),
        Code("publicity", Text("宣传", "Publicity"), "宣传活动 报道 节庆 庆祝"),
        Code("support", Text("协助", "Support"), "协助活动 配合 协办 志愿 公益"),
        Code("other", Text("其他", "Other"), "其它 综合"),
    ),
)

ACTIVITY_STATUS = CodeList(
    "activity_status",
    (
        Code(
            "planned",
            Text("未开展", "Not yet held"),
            "未开始 计划 计划中 待开展 筹备 未完成 待办 否 " + _NO,
        ),
        Code("running", Text("进行中", "Running"), "进行 开展中 在办"),
        Code("done", Text("已完成", "Done"), "完成 已开展 已举办 结束 已结束 已举行 是 " + _YES),
        Code("cancelled", Text("取消", "Cancelled"), "已取消 停办 延期取消 不办"),
    ),
)

PRESENCE = CodeList(
    "presence",
    (
        Code(
            "present",
            Text("出席", "Present"),
            "已签到 签到 参加 到 实到 已到 是 有 1 迟到 早退 出勤 已签 正常 " + _YES,
        ),
        Code(
            "leave",
            Text("请假", "On leave"),
            "事假 病假 公假 出差 公出 产假 婚假 丧假 年休假 调休 假 病 公差 事 2",
        ),
        Code(
            "absent",
            Text("缺席", "Absent"),
            "未到 未参加 未签到 缺勤 旷会 旷工 无故缺席 否 无 0 3 未签 " + _NO,
        ),
    ),
)

DIRECTION = CodeList(
    "direction",
    (
        Code("income", Text("收入", "Income"), "收 进 入账 转入 收款"),
        Code("expense", Text("支出", "Expense"), "支 付 出账 转出 付款 费用"),
    ),
)

REVIEW = CodeList(
    "review",
    (
        Code(
            "filed",
            Text("立案", "Filed"),
            "已立案 予以立案 同意立案 准予立案 通过 是 正式立案 " + _YES,
        ),
        Code(
            "merged",
            Text("并案", "Merged"),
            "已并案 合并 并入 合并立案 并案处理 合案 并案办理 合并办理",
            # 并入2号, 与3号并案, 已与第3号提案合并办理
            pattern=r"(?:已|拟|建议)?(?:(?:并入|合并入|归并到|并到|并案至|并案到|并案于)(?:第)?\w{1,12}"
            r"|(?:与|和|同)\w{1,14}(?:合并|并案|合案)(?:立案|处理|办理)?|并案\w{1,10}号)",
        ),
        Code(
            "opinion",
            Text("转建议", "Passed on as opinion"),
            "转意见建议 转为建议 一般意见 作建议处理 意见建议 建议 转意见 转建议意见",
        ),
        Code("rejected", Text("不立案", "Not filed"), "未立案 不予立案 退回 不通过 否 " + _NO),
        Code("withdrawn", Text("撤案", "Withdrawn"), "已撤案 撤回 撤销 撤回提案"),
    ),
)

OUTCOME = CodeList(
    "outcome",
    (
        Code(
            "A",
            Text("已解决或基本解决", "Solved or mostly solved"),
            "A类 a解决或基本解决 解决或基本解决 已解决 解决 基本解决 已落实 立即采纳落实 "
            "采纳落实 落实 已采纳 已办结 A已解决 A类已解决",
        ),
        Code(
            "B",
            Text("列入计划拟解决", "Planned"),
            "B类 b列入计划拟解决 列入计划 拟解决 计划解决 正在解决 逐步解决 列入规划 "
            "部分解决 B列入计划 B类列入计划 计划落实",
        ),
        Code(
            "C",
            Text("暂不能解决留作参考", "Kept for reference"),
            "C类 c因条件所限等原因暂不能解决留作参考 因条件所限等原因暂不能解决留作参考 "
            "暂不能解决 留作参考 暂缓 无法解决 无法采纳 暂不解决 未解决 不采纳 C留作参考 "
            "C类留作参考 C暂不能解决留作参考 C暂不能解决",
        ),
    ),
)

SATISFACTION = CodeList(
    "satisfaction",
    (
        Code("satisfied", Text("满意", "Satisfied"), "非常满意 很满意 十分满意"),
        Code("mostly", Text("基本满意", "Mostly satisfied"), "较满意 比较满意 一般 基本上满意"),
        Code("unsatisfied", Text("不满意", "Not satisfied"), "很不满意 不太满意"),
    ),
)

PROPOSAL_STATUS = CodeList(
    "proposal_status",
    (
        Code("received", Text("已提交", "Received"), "已保存 未审查 待审查 新 征集 提交 未审批"),
        Code("reviewed", Text("已审查", "Reviewed"), "未交办 待交办 已立案 审查 已审批"),
        Code(
            "assigned",
            Text("已交办", "Assigned"),
            "办理中 在办 已签收 承办中 未办理 交办 未答复 待答复 待办 未办结",
        ),
        Code("replied", Text("已答复", "Replied"), "已办复 答复 已办理 已回复"),
        Code("closed", Text("已办结", "Closed"), "办结 已完成 完成 结案 已结案 归档 已落实"),
        Code("reopened", Text("重新办理", "Reopened"), "重办 二次办理 驳回重办"),
        Code("withdrawing", Text("申退中", "Being withdrawn")),
    ),
)

POLITICS = CodeList(
    "politics",
    (
        Code(
            "party",
            Text("中共党员", "CPC member"),
            "党员 预备党员 中共预备党员 共产党员 中国共产党党员",
        ),
        Code("league", Text("共青团员", "Youth League member"), "团员"),
        Code(
            "democratic",
            Text("民主党派", "Member of a democratic party"),
            "民主党派人士 九三学社 九三学社社员 九三 民盟 民盟盟员 民建 民建会员 民进 民进会员 "
            "农工党 农工党党员 致公党 致公党党员 民革 民革党员 台盟 台盟盟员",
        ),
        Code("none", Text("群众", "No affiliation"), "无党派 无党派人士 无"),
    ),
)

BOOKED = CodeList(
    "booked",
    (
        Code("yes", Text("已入账", "Booked"), "是 已记账 已入帐 有 " + _YES),
        Code("no", Text("未入账", "Not booked"), "否 未记账 未入帐 待入账 无 " + _NO),
    ),
)

HANDLING = CodeList(
    "handling",
    (
        Code("single", Text("单办", "By one office"), "独办 单独办理 主办"),
        Code("divided", Text("分办", "Divided among offices"), "分别办理"),
        Code("joint", Text("会办", "Jointly"), "合办 联办 会同办理 共同办理"),
    ),
)

OCCASION = CodeList(
    "occasion",
    (
        Code("session", Text("会议", "At a session"), "会上 大会 会议期间"),
        Code("between", Text("平时", "Between sessions"), "会后 日常 闭会期间"),
    ),
)
