-- How each lead office handles the filed cases handed in within the period: still open, overdue,
-- answered on time (of those due by the day), and how many days an answer takes, open cases counted
-- as still running. What presses most stands first.
-- Grain: one lead office
-- People: none
-- Needs: proposals
-- Share: rate = on_time / due
-- Median: median = ended, running
-- Opens: reply_rate by lead
-- Wall: label, median
-- Column: label | 主办部门 | Lead office | label
-- Column: filed | 立案 | Filed | count
-- Column: open | 未答复 | Open | count
-- Column: overdue | 逾期 | Overdue | count
-- Column: on_time | 按时答复 | On time | count
-- Column: due | 已到期 | Due | count
-- Column: rate | 按时办结率 | On-time rate | ratio
-- Column: median | 答复用时中位数 | Median time to answer | text
with known as (
    select
        lead,
        replied_on,
        due_on,
        days,
        coalesce(due_on <= $as_of, false) as is_due,
        (replied_from <= $as_of) is not true as is_open,
        $as_of::date - case when assigned_on <= $as_of then assigned_on else filed_from end
            as days_so_far
    from proposal_clock
    where
        submitted_on between $start and $as_of
        and filed_from <= $as_of
        and ($department is null or department = $department)
        and ($proposal_kind is null or proposal_kind = $proposal_kind)
        and ($session is null or session = $session)
        and ($lead is null or lead = $lead)
)

select
    lead,
    lead as label,
    count(*) as filed,
    count(*) filter (where is_open) as open,
    count(*) filter (where is_open and is_due) as overdue,
    count(*) filter (where is_due and replied_on <= due_on) as on_time,
    count(*) filter (where is_due) as due,
    list(days order by days) filter (where not is_open and days is not null) as ended,
    list(days_so_far order by days_so_far) filter (where is_open) as running
from known
group by lead
order by
    overdue desc,
    open desc,
    filed desc,
    lead collate zh nulls last
