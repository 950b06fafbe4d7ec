-- All cases without an answer on the day, whenever they were handed in, by how long they have waited:
-- calendar days since assignment, before it since filing. Every case is in one group.
-- Grain: one group of waiting times
-- People: none
-- Needs: proposals
-- Column: label | 已等待 | Waiting | label:waiting
-- Column: value | 件数 | Cases | count
with waiting as (
    select
        row_key,
        $as_of::date - case when assigned_on <= $as_of then assigned_on else filed_from end as days
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
    bounds.label,
    count(waiting.row_key) as value
from (
    values
        ('7', 0, 7),
        ('15', 8, 15),
        ('30', 16, 30),
        ('60', 31, 60),
        ('61', 61, 999999)
) as bounds(label, shortest, longest)
left join waiting on waiting.days between bounds.shortest and bounds.longest
group by
    bounds.label,
    bounds.shortest
order by bounds.shortest
