-- Beside the row of an item of the plan, or an activity outside it: the activity of its name that did it, who
-- signed in, and what was spent.
-- Grain: one row of a register that speaks for it
-- People: none
with meant as (
    select coalesce(served_by, activity_id) as activity_id
    from occasions
    where activity_id = $key
)

select
    line.register,
    line.row_key
from meant
join activity_lines as line using (activity_id)
where meant.activity_id <> $key
union all
select
    'attendance' as register,
    sign_ins.row_key
from sign_ins
join meant using (activity_id)
union all
select
    'ledger' as register,
    spent.row_key
from activity_spending as spent
join meant using (activity_id)
