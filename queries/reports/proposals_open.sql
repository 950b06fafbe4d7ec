-- All cases without an answer on the day, whenever they were handed in: what is overdue stands first
-- (the latest at the top), then what is soon due, what nobody has been given, what has no due day.
-- The clock runs from assignment, before it from filing or hand-in, as `since` says; the first day
-- does not count. Days left are negative where the due day is past.
-- Grain: one case without an answer
-- People: none
-- Needs: proposals
-- Case: proposal
-- Wall: proposal_no, session, title, lead
-- Column: proposal_no | 编号 | Number | text
-- Column: session | 届次 | Session | label
-- Column: title | 案由 | Title | text
-- Column: department | 提案人部门 | Proposer's department | label
-- Column: lead | 主办部门 | Lead office | label
-- Column: state | 办理情况 | State | label:proposal_state
-- Column: since | 计时起点 | Clock runs from | label:stage
-- Column: started_on | 起算日期 | Since | date
-- Column: days | 已用天数 | Days so far | count
-- Column: working_days | 已用工作日 | Working days so far | count
-- Column: due_on | 要求办结日期 | Due on | date
-- Column: days_left | 距期限天数 | Days left | count
with running as (
    select
        *,
        case when assigned_on <= $as_of then assigned_on else filed_from end as started_on,
        due_on - $as_of::date as days_left,
        case
            when days_left <= 0 then 'overdue'
            when
                days_left <= (select value from school_rules where name = 'due_soon_days')
                then 'due_soon'
            when (assigned_from <= $as_of) is not true then 'unassigned'
            when due_on is null then 'no_due_day'
            else 'in_hand'
        end as state
    from proposal_clock
    where
        filed_from <= $as_of
        and (replied_from <= $as_of) is not true
        and ($department is null or department = $department)
        and ($proposal_kind is null or proposal_kind = $proposal_kind)
        and ($session is null or session = $session)
        and ($lead is null or lead = $lead)
)

select
    running.row_key,
    running.proposal_no,
    running.session,
    running.title,
    running.department,
    running.lead,
    running.state,
    case
        when running.assigned_on <= $as_of then 'assigned'
        when running.filed_from > running.submitted_on then 'filed'
        else 'submitted'
    end as since,
    running.started_on,
    $as_of::date - running.started_on as days,
    case
        when first_day.is_known and today.is_known then today.worked - first_day.worked
    end as working_days,
    running.due_on,
    running.days_left
from running
left join calendar as first_day on first_day.day = running.started_on
left join calendar as today on today.day = $as_of::date
order by
    list_position(['overdue', 'due_soon', 'unassigned', 'no_due_day', 'in_hand'], running.state),
    running.due_on,
    days desc,
    running.proposal_no,
    running.row_key
