-- Filed cases past their due day without an answer, the latest first: those to press for now.
-- Grain: one overdue proposal
-- People: none
-- Column: proposal_no | 编号 | Number | text
-- Column: title | 案由 | Title | text
-- Column: lead | 主办部门 | Lead office | text
-- Column: due_on | 要求办结日期 | Due on | date
-- Column: days_late | 逾期天数 | Days late | count
select
    proposal_no,
    title,
    lead,
    due_on,
    $as_of::date - due_on as days_late
from proposal_facts
where
    submitted_on between $start and $as_of
    and filed_from <= $as_of
    and due_on <= $as_of
    and (replied_from <= $as_of) is not true
    and ($department is null or department = $department)
order by
    due_on,
    proposal_no
