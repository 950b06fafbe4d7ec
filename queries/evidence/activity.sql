-- Beside an activity's own row: who signed in, and what was spent on it.
-- Grain: one row of a register that speaks for the activity
-- People: none
select
    'attendance' as register,
    row_key
from sign_ins
where activity_id = $key
union all
select
    'ledger' as register,
    row_key
from activity_spending
where activity_id = $key
