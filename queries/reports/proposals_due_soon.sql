-- All cases without an answer that fall due after the day, at most the school's own number of days
-- later (due_soon_days); what is due first stands first. A case due on
-- the very day is overdue already, and not here.
-- Grain: one case that will soon be due
-- People: none
-- Needs: proposals
-- Case: proposal
-- Wall: proposal_no, title, lead
-- Column: proposal_no | 编号 | Number | text
-- Column: title | 案由 | Title | text
-- Column: department | 提案人部门 | Proposer's department | label
-- Column: lead | 主办部门 | Lead office | label
-- Column: due_on | 要求办结日期 | Due on | date
-- Column: days_left | 剩余天数 | Days left | count
-- Column: working_days_left | 剩余工作日 | Working days left | count
select
    soon.row_key,
    soon.proposal_no,
    soon.title,
    soon.department,
    soon.lead,
    soon.due_on,
    soon.due_on - $as_of::date as days_left,
    case
        when today.is_known and last_day.is_known then last_day.worked - today.worked
    end as working_days_left
from proposal_clock as soon
left join calendar as today on today.day = $as_of::date
left join calendar as last_day on last_day.day = soon.due_on
where
    soon.filed_from <= $as_of
    and (soon.replied_from <= $as_of) is not true
    and soon.due_on > $as_of
    and days_left <= (select value from school_rules where name = 'due_soon_days')
    and ($department is null or soon.department = $department)
    and ($proposal_kind is null or soon.proposal_kind = $proposal_kind)
    and ($session is null or soon.session = $session)
    and ($lead is null or soon.lead = $lead)
order by
    soon.due_on,
    soon.proposal_no,
    soon.row_key
