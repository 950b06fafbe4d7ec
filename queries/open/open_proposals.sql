-- The congress's proposals and how far they are, without their authors.
-- Grain: one submitted form
-- People: none
-- Title: 提案 | proposals
-- Role: officer
-- Column: proposal_no | 编号 | number | text
-- Column: session | 届次 | session | label
-- Column: title | 案由 | title | text
-- Column: proposal_kind | 类别 | kind | label
-- Column: department | 提案人部门 | department | label
-- Column: lead | 主办部门 | lead | label
-- Column: submitted_on | 提交日期 | submitted | date
-- Column: filed_on | 立案日期 | filed | date
-- Column: assigned_on | 交办日期 | assigned | date
-- Column: due_on | 要求办结日期 | due | date
-- Column: replied_on | 答复日期 | answered | date
-- Column: days | 办理天数 | days | count
-- Column: working_days | 办理工作日 | working_days | count
-- Column: is_solved | 已落实 | solved | label
-- Column: is_satisfied | 满意 | satisfied | label
select
    facts.proposal_no,
    facts.session,
    facts.title,
    facts.proposal_kind,
    facts.department,
    facts.lead,
    facts.submitted_on,
    facts.filed_from as filed_on,
    facts.assigned_from as assigned_on,
    facts.due_on,
    facts.replied_on,
    clock.days,
    clock.working_days,
    facts.solved_from is not null as is_solved,
    case when facts.rated_from is not null then facts.satisfied_from is not null end as is_satisfied
from proposal_facts as facts
left join proposal_clock as clock using (row_key)
order by
    facts.submitted_on,
    facts.proposal_no
