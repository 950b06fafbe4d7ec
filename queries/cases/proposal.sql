-- The proposals handed in up to the day, and what was known of them by then.
-- Grain: one submitted form
-- People: none
-- Key: row_key
-- Column: proposal_no | 编号 | Number | text
-- Column: session | 届次 | Session | text
-- Column: title | 案由 | Title | text
-- Column: proposal_kind | 类别 | Kind | text
-- Column: lead | 主办部门 | Lead office | text
-- Column: submitted_on | 征集日期 | Handed in | date
-- Column: due_on | 要求办结 | Due | date
-- Column: replied_from | 答复 | Answered | date
select
    row_key as case_key,
    'proposals' as register,
    row_key,
    null::date as as_of,
    proposal_no,
    session,
    title,
    proposal_kind,
    lead,
    submitted_on,
    due_on,
    case when replied_from <= $as_of then replied_from end as replied_from
from proposal_facts
where submitted_on <= $as_of
