-- Registers in which nothing is newer than the school's number of months (roster_months,
-- register_months) before today; exactly so many months is not yet too old. Days to come do not
-- count, but a roster may be dated ahead. Only told where the view reaches the newest data there
-- is: who looks back asks for nothing new. `since` is the day from which on it was too old.
-- Grain: one register that is too old
-- People: none
-- Column: register | 台账 | Register | label:register
-- Column: newest | 最近一次记录 | Newest record | date
-- Column: months | 期限（月） | Limit in months | count
-- Column: since | 应更新于 | Due since | date
with newest as (
    select
        'staff' as register,
        'roster_months' as rule,
        max(as_of) as newest
    from staff
    union all
    select
        'members' as register,
        'roster_months' as rule,
        max(as_of) as newest
    from members
    union all
    select
        'activities' as register,
        'register_months' as rule,
        max(held_on) filter (where held_on <= $today) as newest
    from activities
    union all
    select
        'attendance' as register,
        'register_months' as rule,
        max(held_on) filter (where held_on <= $today) as newest
    from attendance
    union all
    select
        'ledger' as register,
        'register_months' as rule,
        max(spent_on) filter (where spent_on <= $today) as newest
    from ledger
)

select
    newest.register,
    newest.newest,
    school_rules.value::integer as months,
    (newest.newest + to_months(school_rules.value::integer))::date + 1 as since
from newest
join school_rules on school_rules.name = newest.rule
where
    since <= $today
    and $as_of >= (select max(on_day) from dated_days where on_day <= $today)
order by
    since,
    newest.register
