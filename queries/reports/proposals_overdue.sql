-- Filed cases, whenever they were handed in, that are past their due day without an answer, the latest
-- first: those to press for now. A case due on the very day is overdue by nought days. Working days
-- count after the due day, up to and including the day looked at.
-- Grain: one overdue proposal
-- People: none
-- Needs: proposals
-- Case: proposal
-- Wall: proposal_no, title, lead
-- Column: proposal_no | 编号 | Number | text
-- Column: title | 案由 | Title | text
-- Column: department | 提案人部门 | Proposer's department | label
-- Column: lead | 主办部门 | Lead office | label
-- Column: due_on | 要求办结日期 | Due on | date
-- Column: days_late | 逾期天数 | Days late | count
-- Column: working_days_late | 逾期工作日 | Working days late | count
select
    late.row_key,
    late.proposal_no,
    late.title,
    late.department,
    late.lead,
    late.due_on,
    $as_of::date - late.due_on as days_late,
    case
        when first_day.is_known and today.is_known then today.worked - first_day.worked
    end as working_days_late
from proposal_clock as late
left join calendar as first_day on first_day.day = late.due_on
left join calendar as today on today.day = $as_of::date
where
    late.submitted_on <= $as_of
    and late.filed_from <= $as_of
    and late.due_on <= $as_of
    and (late.replied_from <= $as_of) is not true
    and ($department is null or late.department = $department)
    and ($proposal_kind is null or late.proposal_kind = $proposal_kind)
    and ($session is null or late.session = $session)
    and ($lead is null or late.lead = $lead)
order by
    late.due_on,
    late.proposal_no,
    late.row_key
