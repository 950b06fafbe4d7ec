-- What an activity cost, and how many took part in it. The ledger speaks first: all spending that
-- names it; where none does, the register's 决算. Whoever signed in took part, guests too: they are
-- paid for; where there is no sheet, the register's 实到.
-- Grain: one activity held
-- People: none
-- Kept: whole
with spent as (
    select
        activity_id,
        sum(expense) as amount
    from activity_spending
    where activity_id is not null
    group by activity_id
)

select
    held.activity_id,
    held.activity_kind,
    held.audience,
    coalesce(spent.amount, activities.cost) as cost,
    case
        when spent.amount is not null then 'ledger'
        when activities.cost is not null then 'register'
    end as cost_from,
    coalesce(came.present, held.attended) as participants,
    held.held_on
from activities_held as held
left join activities on activities.row_key = held.activity_id
left join spent on spent.activity_id = held.activity_id
left join came on came.activity_id = held.activity_id
